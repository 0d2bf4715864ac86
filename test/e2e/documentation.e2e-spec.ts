import { Validator } from '@seriousme/openapi-schema-validator';
import { serverUrl } from '../support/document.js';

describe('documentation', () => {
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(serverUrl() + path, { headers });

  it('should serve the 3.1 document', async () => {
    const response = await get('/openapi.json');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({ openapi: '3.1.0', webhooks: expect.any(Object) });
    expect(await (await get('/openapi.yaml')).text()).toMatch(/^openapi: 3\.1\.0/);
  });

  it('should give Swagger UI a valid 3.0 document with the same operations', async () => {
    const script = await (await get('/docs/swagger-ui-init.js')).text();
    const start = script.indexOf('"swaggerDoc":') + '"swaggerDoc":'.length;
    const document = JSON.parse(script.slice(start, script.indexOf('"customOptions":')).trim().replace(/,$/, '')) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toBe('3.0.3');
    const { paths } = (await (await get('/openapi.json')).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(Object.keys(paths));
    const { valid, errors } = await new Validator().validate(document as never);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(script).toContain('opsFilter');
  });

  it.each(['/docs', '/docs/swagger-ui-init.js', '/openapi.json'])(
    'should compress %s and answer 304 when the caller has it',
    async (path) => {
      const response = await get(path, { 'accept-encoding': 'gzip' });
      expect(response.headers.get('content-encoding')).toBe('gzip');
      const tag = response.headers.get('etag')!;
      const repeated = await get(path, { 'if-none-match': tag });
      expect([repeated.status, await repeated.text()]).toEqual([304, '']);
    },
  );

  it('should not let other sites frame the page', async () => {
    const { headers } = await get('/docs');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  });

  it('should forbid caches to store responses of the API', async () => {
    const { headers } = await get('/v1/me');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

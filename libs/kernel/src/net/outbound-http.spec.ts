import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { OutboundHttpService, type OutboundResponse } from './outbound-http.service.js';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('OutboundHttpService', () => {
  const servers: (Server | TcpServer)[] = [];
  const clients: OutboundHttpService[] = [];
  let requestedPaths: string[];

  beforeEach(() => (requestedPaths = []));

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.onApplicationShutdown()));
    for (const server of servers.splice(0)) {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  function client(allowNetworks: string[] = LOOPBACK): OutboundHttpService {
    const created = new OutboundHttpService({ allowNetworks });
    clients.push(created);
    return created;
  }

  async function listening(server: Server | TcpServer): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  function serve(handler: RequestListener): Promise<number> {
    return listening(
      createServer((request, response) => {
        requestedPaths.push(request.url!);
        handler(request, response);
      }),
    );
  }

  function post(url: string, allowNetworks?: string[], timeoutMs = 5_000): Promise<OutboundResponse> {
    return client(allowNetworks).send({
      url,
      method: 'POST',
      body: 'hello',
      headers: { 'x-test': '1' },
      timeoutMs,
      maxBytes: 16,
    });
  }

  it('should return status, headers and the start of the body', async () => {
    const port = await serve((request, response) => {
      let body = '';
      request
        .on('data', (chunk: Buffer) => (body += chunk.toString()))
        .on('end', () => response.writeHead(201, { 'x-answer': 'yes' }).end(`${request.method} ${body} and much more`));
    });
    const result = await post(`http://127.0.0.1:${port}/x`);
    expect(result).toMatchObject({ status: 201, error: null, headers: { 'x-answer': 'yes' } });
    expect(result.body.toString()).toBe('POST hello and m');
  });

  it('should not follow a redirect', async () => {
    const port = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await post(`http://127.0.0.1:${port}/first`)).toMatchObject({ status: 302, error: null });
    expect(requestedPaths).toEqual(['/first']);
  });

  it.each(['127.0.0.1', 'localhost', '127.1', '0x7f000001', '2130706433', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'should block %s unless its network is allowed',
    async (host) => {
      const port = await serve((_request, response) => response.end('secret'));
      const result = await post(`http://${host}:${port}/`, []);
      expect(result).toMatchObject({
        status: null,
        headers: {},
        error: expect.stringMatching(/^The URL points to .* which is not public/) as string,
      });
      expect(result.body).toHaveLength(0);
      expect(requestedPaths).toEqual([]);
    },
  );

  it('should allow a host name that resolves to an allowed network', async () => {
    const port = await serve((_request, response) => response.end('ok'));
    expect(await post(`http://localhost:${port}/`)).toMatchObject({ status: 200, error: null });
  });

  it('should stop reading an endless body', async () => {
    const port = await serve((_request, response) => {
      const writeMore = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(writeMore));
    });
    const result = await post(`http://127.0.0.1:${port}/`);
    expect(result).toMatchObject({ status: 200, error: null });
    expect(result.body).toHaveLength(16);
  });

  it.each<[string, RequestListener]>([
    ['before the headers', () => undefined],
    ['after the headers', (_request, response) => void response.writeHead(200).write('o')],
  ])('should time out when the response hangs %s', async (_when, hanging) => {
    const port = await serve(hanging);
    const result = await post(`http://127.0.0.1:${port}/`, LOOPBACK, 200);
    expect(result.error).toBe('No complete response within 0.2 s');
  });

  it('should report a refused connection', async () => {
    const port = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()!.close(resolve));
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({
      status: null,
      error: 'The connection was refused (ECONNREFUSED)',
    });
  });

  it('should report a closed or reset connection', async () => {
    const port = await listening(createTcpServer((socket) => socket.resetAndDestroy()));
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({
      status: null,
      error: expect.stringMatching(/connection was (reset|closed)/) as string,
    });
  });

  it('should reject a response that is not HTTP', async () => {
    const port = await listening(
      createTcpServer(
        (socket) =>
          void socket
            .on('error', () => undefined)
            .resume()
            .end('SSH-2.0-OpenSSH_9.6\r\n'),
      ),
    );
    const result = await post(`http://127.0.0.1:${port}/`);
    expect(result.status).toBeNull();
    expect(result.error).not.toContain('OpenSSH');
  });

  describe('blockReason', () => {
    it('should block a host name that resolves to an address that is not public', async () => {
      expect(await client([]).blockReason('http://localhost/')).toMatch(/points to localhost .*not public/);
      expect(await client().blockReason('http://localhost/')).toBeNull();
    });

    it('should not block a host name that cannot be resolved yet', async () => {
      expect(await client([]).blockReason('https://nobody.invalid/hooks')).toBeNull();
    });
  });
});

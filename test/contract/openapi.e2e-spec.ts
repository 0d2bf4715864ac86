import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { schemaPointer, compileSchemas, type Schemas } from '../support/conformance.js';
import {
  getApiDocument,
  listOperations,
  resolveReference,
  type ApiDocument,
  type DocumentedResponse,
  type Operation,
  type Schema,
} from '../support/document.js';

const COMMITTED_DOCUMENT = new URL('../../openapi.json', import.meta.url);

let document: ApiDocument;
let operations: Operation[];
let schemas: Schemas;

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

/** All schemas within a node, with their positions. */
function schemasWithin(node: unknown, position: string): [place: string, schema: Schema][] {
  if (typeof node !== 'object' || node === null) return [];
  const schema = node as Schema;
  const inner = [
    ...Object.entries(schema.properties ?? {}).map(([name, property]) => [`${position}.${name}`, property] as const),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((key) =>
      ((schema[key] as Schema[] | undefined) ?? []).map(
        (part, index) => [`${position}/${key}[${index}]`, part] as const,
      ),
    ),
    ...(schema.items ? [[`${position}[]`, schema.items] as const] : []),
  ];
  return [[position, schema], ...inner.flatMap(([at, part]) => schemasWithin(part, at))];
}

function allSchemas(): [place: string, schema: Schema][] {
  const ofOperations = operations.flatMap((operation) => [
    ...operation.parameters.flatMap((parameter) =>
      schemasWithin(parameter.schema, `${nameOf(operation)} ${parameter.name}`),
    ),
    ...Object.values(operation.bodies).flatMap((media) => schemasWithin(media.schema, `${nameOf(operation)} body`)),
    ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).flatMap((media) => schemasWithin(media.schema, `${nameOf(operation)} ${status}`)),
    ),
  ]);
  return [
    ...Object.entries(document.components.schemas).flatMap(([name, schema]) => schemasWithin(schema, name)),
    ...ofOperations,
  ];
}

function isUndescribed(schema: Schema): boolean {
  // Fields with any JSON need only a description and an example.
  if (Object.keys(schema).every((key) => key === 'description' || key === 'example'))
    return !('description' in schema && 'example' in schema);
  const properties = Object.keys(schema.properties ?? {}).length;
  return schema.type === 'object' && properties === 0 && schema.additionalProperties === undefined;
}

const SECRET_NAME = /(^|_)(token|secret)$|^recovery_codes$/;

/** True if a schema has a field with a secret: by its name, or because it is shown only once. */
function containsSecret(schema: Schema, visited: readonly Schema[] = []): boolean {
  const resolved = resolveReference<Schema>(document, schema);
  if (visited.includes(resolved)) return false;
  const contains = (part: Schema): boolean => containsSecret(part, [...visited, resolved]);
  const isSecret = ([name, { description }]: [string, Schema]): boolean =>
    SECRET_NAME.test(name) ? !name.startsWith('has_') : /not shown again/.test(String(description));
  return (
    Object.entries(resolved.properties ?? {}).some((property) => isSecret(property) || contains(property[1])) ||
    [...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])].some(contains) ||
    (resolved.items !== undefined && contains(resolved.items))
  );
}

function hasSecrets({ content = {} }: DocumentedResponse): boolean {
  return Object.values(content).some(({ schema }) => schema !== undefined && containsSecret(schema));
}

beforeAll(async () => {
  document = await getApiDocument();
  operations = listOperations(document);
  schemas = compileSchemas(document);
});

describe('OpenAPI document', () => {
  it('should be valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('should equal the committed openapi.json (update it with `npm run openapi`)', async () => {
    expect(await readFile(COMMITTED_DOCUMENT, 'utf8')).toBe(`${JSON.stringify(document, null, 1)}\n`);
  });

  it('should be smaller than 1 MB', () => {
    expect(JSON.stringify(document).length).toBeLessThan(1_000_000);
  });

  it('should have no schema without constraints', () => {
    expect(
      allSchemas()
        .filter(([, schema]) => isUndescribed(schema))
        .map(([position]) => position),
    ).toEqual([]);
  });

  it('should declare that request bodies have no other fields', () => {
    const open = operations.flatMap((operation) =>
      Object.values(operation.bodies).flatMap(({ schema }) =>
        schemasWithin(schema, nameOf(operation)).filter(
          ([, part]) => part.properties !== undefined && part.additionalProperties === undefined,
        ),
      ),
    );
    const shared = Object.entries(document.components.schemas).filter(
      ([name, schema]) =>
        /^(Create|Update|Send|Assign|Snooze)[A-Z]/.test(name) &&
        schema.properties &&
        schema.additionalProperties !== false,
    );
    expect([...open.map(([at]) => at), ...shared.map(([name]) => name)]).toEqual([]);
  });

  it('should declare that public operations need no credential', () => {
    const publicPaths = operations.filter((operation) => operation.public).map(({ path }) => path);
    expect(publicPaths).toEqual(expect.arrayContaining(['/v1/auth/login', '/v1/auth/refresh']));
    expect(publicPaths).not.toContain('/v1/conversations');
  });

  it('should name types without the suffix of classes, and each action of rules', () => {
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => name.endsWith('Dto'))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['Conversation', 'AutomationActions', 'AddTagsAction']));
  });

  it('should list the values of enumerated lists in queries', () => {
    const list = operations.find(({ path, method }) => path === '/v1/conversations' && method === 'GET')!;
    const status = list.parameters.find(({ name }) => name === 'status')!;
    expect(status).toMatchObject({
      style: 'form',
      explode: false,
      schema: { type: 'array', items: { type: 'string' } },
    });
    expect((status.schema.items as { enum: string[] }).enum).toContain('open');
  });

  it('should have no dangling reference', () => {
    const dangling = allSchemas().filter(
      ([, schema]) => schema.$ref !== undefined && resolveReference(document, { $ref: schema.$ref }) === undefined,
    );
    expect(dangling.map(([position]) => position)).toEqual([]);
  });

  it('should describe every field', () => {
    const undescribed = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, property]) => !property.description)
        .map(([field]) => `${name}.${field}`),
    );
    expect(undescribed).toEqual([]);
  });
});

describe('every operation', () => {
  it('should document the same default of limit and of per_page', () => {
    const descriptions = operations.flatMap((operation) => [
      ...operation.parameters.map(
        ({ name, schema, ...rest }) => [operation, name, { ...schema, ...rest } as Schema] as const,
      ),
      ...Object.values(operation.bodies).flatMap(({ schema = {} }) =>
        Object.entries(resolveReference<Schema>(document, schema).properties ?? {}).map(
          ([name, property]) => [operation, name, property] as const,
        ),
      ),
    ]);
    const defaults = new Map([
      ['limit', 'Default: 20.'],
      ['per_page', 'Default: 25.'],
    ]);
    const wrong = descriptions.filter(
      ([, name, { description }]) => defaults.has(name) && !String(description).includes(defaults.get(name)!),
    );
    expect(wrong.map(([operation, name]) => `${nameOf(operation)} ${name}`)).toEqual([]);
    expect(descriptions.filter(([, name]) => name === 'per_page').length).toBeGreaterThan(40);
  });

  it('should declare secrets in its response, which are stored encrypted for an Idempotency-Key', () => {
    const undeclared = operations.filter(
      ({ method, path, responses }) =>
        Object.entries(responses).some(([status, response]) => status.startsWith('2') && hasSecrets(response)) &&
        document.paths[path]![method.toLowerCase()]!['x-has-secrets'] !== true,
    );
    expect(undeclared.map(nameOf)).toEqual([]);
  });

  it('should have a unique ID, a summary and the tag of a domain', () => {
    const defined = new Set(document.tags.map(({ name }) => name));
    const missing = operations.filter(
      ({ summary, tags, id }) =>
        !summary || tags.length !== 1 || !defined.has(tags[0]!) || !/^[a-z]\w*\.[a-z]\w*$/i.test(id),
    );
    expect(missing.map(nameOf)).toEqual([]);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('should declare the security of every operation and webhook', () => {
    const { paths, webhooks } = document as unknown as Record<string, Record<string, Record<string, object>>>;
    const requests = [...Object.entries(paths!), ...Object.entries(webhooks!)].flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => method !== 'parameters')
        .map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    expect(requests.filter(({ operation }) => !('security' in operation)).map(({ name }) => name)).toEqual([]);
  });

  it('should have one tag per resource, each with at most 40 operations', () => {
    const counts = new Map<string, number>();
    for (const { tags } of operations) counts.set(tags[0]!, (counts.get(tags[0]!) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 40)).toEqual([]);
    expect([...counts.keys()].sort()).toEqual(document.tags.map(({ name }) => name).sort());
  });

  it('should document its error responses', () => {
    const expected = (operation: Operation): string[] => [
      ...(operation.public ? [] : ['401', '403']),
      ...(operation.path.includes('{') ? ['404'] : []),
      ...(Object.keys(operation.bodies).length > 0 ? ['400', '413', '415'] : []),
    ];
    expect(
      operations.flatMap((operation) =>
        expected(operation)
          .filter((status) => !(status in operation.responses))
          .map((status) => `${nameOf(operation)} ${status}`),
      ),
    ).toEqual([]);
  });

  it('should describe every path parameter', () => {
    const missing = operations.flatMap((operation) =>
      [...operation.path.matchAll(/\{([^}]+)\}/g)]
        .filter(
          ([, name]) => !operation.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name),
        )
        .map(([, name]) => `${nameOf(operation)} ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('should have a valid example for each request body', () => {
    const wrong = operations.flatMap((operation) =>
      Object.entries(operation.bodies).flatMap(([mediaType, media]) => {
        if (media.example === undefined) return [`${nameOf(operation)} has no example`];
        const mismatch = schemas.mismatch(schemaPointer(`${operation.pointer}/requestBody`, mediaType), media.example);
        return mismatch ? [`${nameOf(operation)}: ${mismatch}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('should change nothing by accident when the example of a bulk change is sent', () => {
    const exampleOf = (path: string): object =>
      operations.find((operation) => operation.method === 'POST' && operation.path === path)!.bodies[
        'application/json'
      ]!.example as object;
    for (const path of ['/v1/contacts/bulk', '/v1/conversations/bulk'])
      expect(Object.keys(exampleOf(path)).sort()).toEqual(['ids', 'update']);
    expect(exampleOf('/v1/webhooks')).not.toHaveProperty('secret');
    expect(exampleOf('/v1/oidc-providers')).toMatchObject({ auto_provision: false });
    expect(JSON.stringify(document)).not.toContain('x-not-prefilled');
  });

  it('should have valid examples in all fields of responses', () => {
    const wrong = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([field, { example }]) => {
        const pointer = `/components/schemas/${name}/properties/${field}`;
        const mismatch = example === undefined ? null : schemas.mismatch(pointer, example);
        return mismatch ? [`${name}.${field}: ${mismatch}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('should have valid error examples', () => {
    const responses = document.components.responses as Record<
      string,
      { content?: Record<string, { example?: unknown }> }
    >;
    const wrong = Object.entries(responses).flatMap(([code, { content = {} }]) =>
      Object.values(content).flatMap(({ example }) => {
        const mismatch = schemas.mismatch('/components/schemas/ErrorBody', example);
        return mismatch ? [`${code}: ${mismatch}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('should have valid examples of parameters', () => {
    const wrong = operations.flatMap((operation) => {
      return operation.parameters.flatMap((parameter, index) => {
        const example = parameter.example ?? parameter.schema.example;
        const pointer = operation.parameterPointers[index]!;
        const mismatch = example === undefined ? null : schemas.mismatch(pointer, example);
        return mismatch ? [`${nameOf(operation)} ${parameter.name}: ${mismatch}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });
});

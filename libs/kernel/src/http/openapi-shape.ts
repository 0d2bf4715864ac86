import { isObject, type Json } from './openapi-examples.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const WRITE_METHODS = new Set(['post', 'put', 'patch', 'delete']);

/** Extension by which an operation names the multipart field that takes its files; taken out again. */
export const FILES_FIELD = 'x-files-field';

/** Extension of a field that takes any JSON, which Swagger would call an object; taken out again. */
export const ANY_JSON = 'x-any-json';

/** OpenAPI 3.0's `nullable` in the words of 3.1, everywhere in a document. */
export function toOpenApi31Types(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toOpenApi31Types);
  if (!isObject(node)) return node;
  const { nullable, [ANY_JSON]: isAnyJson, ...rest } = node;
  if (isAnyJson === true) delete rest.type;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, toOpenApi31Types(value)]),
  ) as Json;
  if (nullable !== true) return converted;
  if (typeof converted.type === 'string') {
    const values = converted.enum as unknown[] | undefined;
    return {
      ...converted,
      type: [converted.type, 'null'],
      ...(values && !values.includes(null) && { enum: [...values, null] }),
    };
  }
  const { description, example, ...schema } = converted;
  const inner = Array.isArray(schema.allOf) && schema.allOf.length === 1 ? (schema.allOf[0] as Json) : schema;
  return { description, ...(example !== undefined && { example }), anyOf: [inner, { type: 'null' }] };
}

/** Every operation of the document. */
export function listOperations(document: Json): Json[] {
  return Object.values(document.paths as Record<string, Json>).flatMap((path) =>
    Object.values(path).filter((value): value is Json => isObject(value) && 'responses' in value),
  );
}

/** A resource under two names is two sets of operations: the second is called after its path. */
export function renameAliasOperations(document: Json): void {
  for (const [path, methods] of Object.entries(document.paths as Record<string, Json>)) {
    for (const operation of Object.values(methods)) {
      if (!isObject(operation)) continue;
      const [, name, alias] = /^(.*)\[(\d+)\]$/.exec(String(operation.operationId)) ?? [];
      if (name === undefined) continue;
      const resource = path
        .split('/')[2]!
        .replace(/-([a-z])/g, (_dash, deadLetter: string) => deadLetter.toUpperCase());
      operation.operationId = alias === '0' ? name : `${resource}${name.slice(name.indexOf('.'))}`;
    }
  }
}

/** Adds the files to the multipart bodies that take them. */
export function describeFileUploads(document: Json): void {
  for (const operation of listOperations(document)) {
    const field = operation[FILES_FIELD];
    delete operation[FILES_FIELD];
    const content = (operation.requestBody as Json | undefined)?.content as Json | undefined;
    if (typeof field !== 'string' || !isObject(content?.['multipart/form-data'])) continue;
    const files = {
      type: 'array',
      maxItems: 15,
      items: { type: 'string', format: 'binary' },
      description: 'Files, at most 40 MB each.',
      example: ['(the bytes)'],
    };
    const { schema } = content['multipart/form-data'];
    content['multipart/form-data'] = {
      schema: { allOf: [schema, { type: 'object', properties: { [field]: files } }] },
    };
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description:
    'Makes repeating the call safe: within 24 hours the same call gives the stored answer, with `Idempotency-Replayed: true`. For example `order-4711-created`.',
};
const HEADERS: Readonly<Record<string, Json>> = {
  'X-Request-Id': {
    description: 'Id of the request: yours if you sent one. Also on the events that it causes.',
    schema: { type: 'string' },
  },
  'X-RateLimit-Limit': { description: 'Requests a minute that are allowed.', schema: { type: 'integer' } },
  'X-RateLimit-Remaining': { description: 'Requests left in this minute.', schema: { type: 'integer' } },
  'X-RateLimit-Reset': {
    description: 'When the count begins anew, in seconds since 1970.',
    schema: { type: 'integer' },
  },
};

/** Describes the headers that operations have in common. */
export function shareHeaders(document: Json): void {
  const components = document.components as Json;
  components.parameters = { IdempotencyKey: IDEMPOTENCY_KEY };
  components.headers = HEADERS;
  const references = Object.fromEntries(
    Object.keys(HEADERS).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
  for (const path of Object.values(document.paths as Record<string, Json>)) {
    for (const [method, operation] of Object.entries(path)) {
      if (!isObject(operation)) continue;
      if (WRITE_METHODS.has(method) && operation.security !== undefined) {
        operation.parameters = [
          ...(operation.parameters as unknown[]),
          { $ref: '#/components/parameters/IdempotencyKey' },
        ];
      }
      for (const [status, response] of Object.entries(operation.responses as Record<string, Json>)) {
        if (status.startsWith('2')) response.headers = { ...(response.headers as Json | undefined), ...references };
      }
    }
  }
}

function sortKeys(node: Json, rank: (key: string) => string = (key) => key): Json {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1)));
}

/** The document in an order that does not depend on which file was loaded first. */
export function sortDocument({ openapi, info, servers, tags, paths, components, ...rest }: Json): Json {
  const methodRank = (method: string): string => String(METHODS.indexOf(method));
  return {
    openapi,
    info,
    servers,
    tags,
    ...rest,
    paths: sortKeys(
      Object.fromEntries(
        Object.entries(paths as Record<string, Json>).map(([path, methods]) => [path, sortKeys(methods, methodRank)]),
      ),
    ),
    components: sortKeys(
      Object.fromEntries(
        Object.entries(components as Record<string, Json>).map(([kind, named]) => [kind, sortKeys(named)]),
      ),
    ),
  };
}

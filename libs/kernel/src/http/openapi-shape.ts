import { buildExample, isObject, type Json } from './openapi-examples.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const WRITE_METHODS = new Set(['post', 'put', 'patch', 'delete']);

/** Extension that names the multipart field for the files of an operation. Removed from the final document. */
export const FILES_FIELD = 'x-files-field';

/** Extension of a field with any JSON, for which Swagger sets the type `object`. Removed from the final document. */
export const ANY_JSON = 'x-any-json';

/** Extension of a query field: the values that its list can contain. Removed from the final document. */
export const LISTED_VALUES = 'x-listed-values';

/** Converts OpenAPI 3.0's `nullable` to the types of OpenAPI 3.1, everywhere in a document. */
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

/** Documents query fields with {@link LISTED_VALUES} as lists of these values, separated by commas. */
export function describeListedValues(operations: readonly Json[]): void {
  for (const { parameters } of operations) {
    for (const parameter of (parameters ?? []) as Json[]) {
      const { [LISTED_VALUES]: values } = parameter;
      if (!Array.isArray(values)) continue;
      delete parameter[LISTED_VALUES];
      const { example } = { ...(parameter.schema as Json), ...parameter };
      parameter.style = 'form';
      parameter.explode = false;
      parameter.schema = {
        type: 'array',
        minItems: 1,
        items: { type: 'string', enum: values },
        ...(typeof example === 'string' && { example: example.split(',') }),
      };
      delete parameter.example;
    }
  }
}

/** All operations of the document. */
export function listOperations(document: Json): Json[] {
  return Object.values(document.paths as Record<string, Json>).flatMap((path) =>
    Object.values(path).filter((value): value is Json => isObject(value) && 'responses' in value),
  );
}

/** Extension of an operation: its other paths. */
export const ALIASES = 'x-aliases';

/** Documents an operation with several paths once, under the first path. The others are listed in {@link ALIASES}. */
export function mergeAliasOperations(document: Json): void {
  const paths = document.paths as Record<string, Json>;
  const primaries = new Map<string, Json>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!isObject(operation)) continue;
      const [, name, index] = /^(.*)\[(\d+)\]$/.exec(String(operation.operationId)) ?? [];
      if (name === undefined) continue;
      if (index === '0') {
        operation.operationId = name;
        primaries.set(name, operation);
        continue;
      }
      const primary = primaries.get(name)!;
      primary[ALIASES] = [...((primary[ALIASES] as string[] | undefined) ?? []), path];
      primary.description = `${String(primary.description)}\n\nAlso served at \`${path}\`.`;
      delete methods[method];
    }
    if (Object.keys(methods).length === 0) delete paths[path];
  }
}

/** Minimum number of operations for which a parameter is moved to the components. */
const MIN_SHARED_USES = 4;

/** Moves identical parameters of many operations to the components. */
export function shareParameters(document: Json): void {
  const uses = new Map<string, number>();
  const operations = listOperations(document);
  for (const { parameters } of operations) {
    for (const parameter of parameters as Json[]) {
      const key = JSON.stringify(parameter);
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  }
  const components = document.components as Json;
  const shared = (components.parameters ??= {}) as Json;
  const names = new Map<string, string>();
  for (const [key, count] of [...uses].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const parameter = JSON.parse(key) as Json;
    if (count < MIN_SHARED_USES || '$ref' in parameter) continue;
    const base = String(parameter.name).replace(/(^|[^A-Za-z0-9]+)([A-Za-z])/g, (_all, _dash, letter: string) =>
      letter.toUpperCase(),
    );
    let name = base;
    for (let suffix = 2; name in shared; suffix += 1) name = `${base}${suffix}`;
    shared[name] = parameter;
    names.set(key, name);
  }
  for (const operation of operations) {
    operation.parameters = (operation.parameters as Json[]).map((parameter) => {
      const name = names.get(JSON.stringify(parameter));
      return name === undefined ? parameter : { $ref: `#/components/parameters/${name}` };
    });
  }
}

/** Adds the files to the multipart bodies that accept them. */
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
    const schemas = (document.components as Json).schemas as Json;
    const { schema } = content['multipart/form-data'] as { schema: Json };
    const fields = schemas[String(schema.$ref).split('/').pop()!] as Json;
    content['multipart/form-data'] = {
      schema: { ...fields, properties: { ...(fields.properties as Json), [field]: files } },
      example: buildExample(schema, schemas, true),
    };
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description:
    'Makes a retry safe: for 24 hours, the same request with the same key returns the stored response with ' +
    '`Idempotency-Replayed: true`. For example `order-4711-created`.',
};
/** Adds the `Idempotency-Key` header to all write operations that require a credential. */
export function addIdempotencyKey(document: Json): void {
  const components = document.components as Json;
  components.parameters = { ...(components.parameters as Json | undefined), IdempotencyKey: IDEMPOTENCY_KEY };
  for (const path of Object.values(document.paths as Record<string, Json>)) {
    for (const [method, operation] of Object.entries(path)) {
      if (!isObject(operation) || !WRITE_METHODS.has(method) || operation.security === undefined) continue;
      const parameters = operation.parameters as unknown[];
      operation.parameters = [...parameters, { $ref: '#/components/parameters/IdempotencyKey' }];
    }
  }
}

function sortKeys(node: Json, rank: (key: string) => string = (key) => key): Json {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1)));
}

/** Sorts the document, so that it does not depend on the load order of files. */
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

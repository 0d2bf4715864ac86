/** Any node of a document. */
export type Json = Record<string, unknown>;

/** Whether the node is an object, and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DEEPEST = 12;

/** An example of a schema, put together from the examples of its fields. */
export function exampleOf(schema: unknown, schemas: Json, depth = 0): unknown {
  if (!isObject(schema) || depth > DEEPEST) return null;
  if ('example' in schema) return schema.example;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  const inner = (node: unknown): unknown => exampleOf(node, schemas, depth + 1);
  if (typeof schema.$ref === 'string') return inner(schemas[schema.$ref.split('/').pop()!]);
  for (const key of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[key])) return inner((schema[key] as unknown[])[0]);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [inner(schema.items)];
  if (type === 'object' || isObject(schema.properties)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, inner(property)]));
  }
  return { string: schema.format === 'binary' ? '(the bytes)' : 'text', integer: 1, number: 1, boolean: true }[type as string] ?? null;
}

/** Puts an example on every body of the document that has none. */
export function addExamples(document: Json, operations: readonly Json[]): void {
  const schemas = ((document.components as Json | undefined)?.schemas ?? {}) as Json;
  for (const operation of operations) {
    for (const body of [operation.requestBody, ...Object.values(operation.responses as Json)]) {
      if (!isObject(body) || !isObject(body.content)) continue;
      for (const media of Object.values(body.content)) {
        if (!isObject(media) || 'example' in media || 'examples' in media || !('schema' in media)) continue;
        media.example = exampleOf(media.schema, schemas);
      }
    }
  }
}

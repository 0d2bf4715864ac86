/** Any node of a document. */
export type Json = Record<string, unknown>;

/** True if the node is an object and not a list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Extension of a field that examples of requests leave out. Removed from the final document. */
export const NOT_PREFILLED = 'x-not-prefilled';

const MAX_DEPTH = 12;

/** True for a field that requests leave out, such as an optional ID: a placeholder ID would be rejected. */
function isLeftOut(name: string, property: unknown, required: unknown): boolean {
  if (isObject(property) && property[NOT_PREFILLED] === true) return true;
  const optional = !(Array.isArray(required) && required.includes(name));
  return optional && isObject(property) && property.format === 'uuid' && property.example !== null;
}

/**
 * Builds the example of a schema from the examples of its fields.
 * @param forRequest true for a request body, which must work as it is
 */
export function buildExample(schema: unknown, schemas: Json, forRequest = false, depth = 0): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return null;
  if ('example' in schema) return schema.example;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  const inner = (node: unknown): unknown => buildExample(node, schemas, forRequest, depth + 1);
  if (typeof schema.$ref === 'string') return inner(schemas[schema.$ref.split('/').pop()!]);
  for (const key of ['allOf', 'anyOf', 'oneOf'])
    if (Array.isArray(schema[key])) return inner((schema[key] as unknown[])[0]);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [inner(schema.items)];
  if (type === 'object' || isObject(schema.properties)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const included = Object.entries(properties).filter(
      ([name, property]) => !forRequest || !isLeftOut(name, property, schema.required),
    );
    return Object.fromEntries(included.map(([name, property]) => [name, inner(property)]));
  }
  return (
    { string: schema.format === 'binary' ? '(the bytes)' : 'text', integer: 1, number: 1, boolean: true }[
      type as string
    ] ?? null
  );
}

/**
 * Adds an example to every request body and every text response without one. JSON responses do not need one, because
 * their fields have examples.
 */
export function addExamples(document: Json, operations: readonly Json[]): void {
  const schemas = ((document.components as Json | undefined)?.schemas ?? {}) as Json;
  for (const operation of operations) {
    for (const body of [operation.requestBody, ...Object.values(operation.responses as Json)]) {
      if (!isObject(body) || !isObject(body.content)) continue;
      for (const [mediaType, media] of Object.entries(body.content)) {
        const isJson = mediaType === 'application/json';
        if (!isObject(media) || 'example' in media || 'examples' in media || !('schema' in media)) continue;
        const isRequest = body === operation.requestBody;
        if (!isRequest && isJson) continue;
        media.example = buildExample(media.schema, schemas, isRequest);
      }
    }
  }
}

/**
 * Moves the examples of optional parameters into their descriptions. Swagger UI would fill in all of them, and a first
 * request with `page` and `offset` together, or with the ID of a contact that does not exist, would fail.
 */
export function describeParameterExamples(operations: readonly Json[]): void {
  for (const { parameters } of operations) {
    for (const parameter of (parameters ?? []) as Json[]) {
      const schema = parameter.schema as Json | undefined;
      const example = parameter.example ?? schema?.example;
      if (parameter.required === true || example === undefined) continue;
      delete parameter.example;
      parameter.schema = Object.fromEntries(Object.entries(schema!).filter(([key]) => key !== 'example'));
      if (schema!.format !== 'uuid')
        parameter.description = `${String(parameter.description)} For example \`${String(example)}\`.`;
    }
  }
}

/** Removes {@link NOT_PREFILLED}, after the examples are built. */
export function removeExampleHints(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(removeExampleHints);
  if (!isObject(node)) return;
  delete node[NOT_PREFILLED];
  Object.values(node).forEach(removeExampleHints);
}

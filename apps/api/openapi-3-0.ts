import { isPlainObject, mapValues } from 'es-toolkit';

type Json = Record<string, unknown>;

/**
 * Converts a document of this server from OpenAPI 3.1 to 3.0.3, for Swagger UI, which needs several times longer to show
 * an operation of a 3.1 document. Webhooks, which 3.0 does not have, are left out.
 */
export function toOpenApi30({ webhooks: _webhooks, ...document }: Json): Json {
  return { ...(convert(document) as Json), openapi: '3.0.3' };
}

function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert);
  if (!isPlainObject(node)) return node;
  const { example, examples, ...schema } = node;
  const converted = convertNullable(
    Object.fromEntries(
      Object.entries(schema).map(([key, value]) => [
        key,
        // A field can have the name of a keyword.
        key === 'properties' && isPlainObject(value) ? mapValues(value, convert) : convert(value),
      ]),
    ),
  );
  if ('const' in converted) {
    converted.enum = [converted.const];
    delete converted.const;
  }
  // Values are not schemas, even if their fields have the names of keywords.
  return { ...converted, ...(example !== undefined && { example }), ...(examples !== undefined && { examples }) };
}

/** Replaces the type `null`, and lists of types, which 3.0 does not have. */
function convertNullable(schema: Json): Json {
  if (Array.isArray(schema.type)) {
    const { type, ...rest } = schema as { type: string[] };
    const types = type.filter((name) => name !== 'null');
    return {
      ...rest,
      ...(types.length === 1 ? { type: types[0] } : { oneOf: types.map((name) => ({ type: name })) }),
      ...(types.length < type.length && { nullable: true }),
    };
  }
  const key = (['anyOf', 'oneOf'] as const).find((name) => Array.isArray(schema[name]) && schema[name].some(isNull));
  if (key === undefined) return schema;
  const { [key]: alternatives, ...rest } = schema as { anyOf: unknown[]; oneOf: unknown[] };
  const remaining = alternatives.filter((part) => !isNull(part));
  return { ...rest, nullable: true, ...(remaining.length === 1 ? { allOf: remaining } : { [key]: remaining }) };
}

function isNull(schema: unknown): boolean {
  return (
    isPlainObject(schema) && (schema.type === 'null' || (schema.nullable === true && Object.keys(schema).length === 1))
  );
}

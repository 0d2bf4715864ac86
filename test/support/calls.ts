import type { RequestOptions } from './client.js';
import { resolveReference, type ApiDocument, type Operation, type Schema } from './document.js';

/** A place for an ID in a request body. */
export interface IdField {
  /** Name of the field with the ID. */
  readonly field: string;
  /** Builds the value of the whole field with this ID. */
  buildValue(id: string): unknown;
}

const MAX_DEPTH = 8;

/** The schema of the JSON body of an operation, or null if it has none. */
export function getJsonSchema(document: ApiDocument, operation: Operation): Schema | null {
  const schema = operation.bodies['application/json']?.schema;
  return schema ? resolveReference(document, schema) : null;
}

/** A copy of the documented example of an operation's JSON body. */
export function exampleBody(operation: Operation): Record<string, unknown> | undefined {
  const example = operation.bodies['application/json']?.example;
  return example === undefined ? undefined : (structuredClone(example) as Record<string, unknown>);
}

function buildMinimalValue(document: ApiDocument, node: Schema): unknown {
  const schema = resolveReference(document, node);
  if ('example' in schema) return schema.example;
  const choice = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return buildMinimalValue(document, choice);
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return schema.items ? [buildMinimalValue(document, schema.items)] : [];
  if (type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, buildMinimalValue(document, schema.properties![name]!)]),
    );
  return { string: 'text', boolean: true }[type as string] ?? 1;
}

function withoutExample({ example: _example, ...schema }: Schema): Schema {
  return schema;
}

/** All places for IDs within a schema. */
export function findIdFields(document: ApiDocument, node: Schema, field = '', depth = 0): IdField[] {
  const schema = resolveReference(document, node);
  if (depth > MAX_DEPTH) return [];
  if (schema.format === 'uuid') return [{ field, buildValue: (id) => id }];
  const findInside = (part: Schema, name = field): IdField[] => findIdFields(document, part, name, depth + 1);
  const choices = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((choice) =>
    findInside(choice),
  );
  const items = (schema.items ? findInside(schema.items) : []).map(({ field: name, buildValue }) => ({
    field: name,
    buildValue: (id: string) => [buildValue(id)],
  }));
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    findInside(property, name).map((idField) => ({
      field: idField.field,
      buildValue: (id: string) => ({
        ...(buildMinimalValue(document, withoutExample(schema)) as object),
        [name]: idField.buildValue(id),
      }),
    })),
  );
  return [...choices, ...items, ...properties];
}

/** The documented examples of required query parameters. */
export function exampleQuery(operation: Operation): RequestOptions['query'] {
  const required = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  return Object.fromEntries(
    required.map(({ name, schema, example }) => [name, String(example ?? schema.example ?? 'text')]),
  );
}

/** Names of path parameters that are IDs. */
export function pathIds(operation: Operation): string[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'path' && parameter.schema.format === 'uuid')
    .map(({ name }) => name);
}

/** Builds a path from these IDs and the documented examples of all other parameters. */
export function buildPath(operation: Operation, ids: Readonly<Record<string, string>>): string {
  const example = (name: string): unknown => {
    const parameter = operation.parameters.find((item) => item.in === 'path' && item.name === name);
    return parameter?.example ?? parameter?.schema.example ?? 1;
  };
  return operation.path.replace(/\{([^}]+)\}/g, (_all, name: string) => ids[name] ?? String(example(name)));
}

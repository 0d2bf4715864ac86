import { isObject, type Json } from './openapi-examples.js';
import { listOperations } from './openapi-shape.js';

const REFERENCE = '#/components/schemas/';

/** Declares that the bodies of requests have no other fields, because the contract rejects unknown ones. */
export function closeRequestSchemas(document: Json): void {
  const schemas = (document.components as Json).schemas as Json;
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isObject(node) || seen.has(node)) return;
    seen.add(node);
    if (typeof node.$ref === 'string') return visit(schemas[node.$ref.slice(REFERENCE.length)]);
    if (isObject(node.properties) && !('additionalProperties' in node)) node.additionalProperties = false;
    Object.entries(node).forEach(([key, value]) => key !== 'example' && key !== 'examples' && visit(value));
  };
  for (const { requestBody } of listOperations(document)) {
    if (!isObject(requestBody)) continue;
    for (const media of Object.values(requestBody.content as Record<string, Json>)) visit(media.schema);
  }
}

/** Declares that public operations need no credential. Without this, tools send one that is not needed. */
export function documentPublicOperations(document: Json): void {
  for (const operation of listOperations(document)) operation.security ??= [];
}

/**
 * Removes the suffix `Dto` from the names of schemas, which become the names of types in generated clients.
 * @throws Error if another schema already has the name.
 */
export function nameSchemas(document: Json): Json {
  const components = document.components as Json;
  const schemas = components.schemas as Json;
  const names = new Map<string, string>();
  for (const name of Object.keys(schemas)) {
    const shortName = name.replace(/Dto$/, '');
    if (shortName !== name && shortName in schemas) throw new Error(`Two schemas would be named ${shortName}`);
    names.set(REFERENCE + name, REFERENCE + shortName);
  }
  const rename = (node: unknown): unknown => {
    if (typeof node === 'string') return names.get(node) ?? node;
    if (Array.isArray(node)) return node.map(rename);
    if (!isObject(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rename(value)]));
  };
  const renamed = rename(document) as Json;
  const renamedComponents = renamed.components as Json;
  renamedComponents.schemas = Object.fromEntries(
    Object.entries(renamedComponents.schemas as Json).map(([name, schema]) => [name.replace(/Dto$/, ''), schema]),
  );
  return renamed;
}

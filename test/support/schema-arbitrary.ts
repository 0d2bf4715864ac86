import fc from 'fast-check';
import { resolveReference, type ApiDocument, type Schema } from './document.js';

const MAX_DEPTH = 5;

function stringArbitrary(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString());
  if (schema.format === 'idn-email') return fc.emailAddress();
  if (schema.format === 'uri') return fc.webUrl();
  const maxLength = Math.min(Number(schema.maxLength ?? 50), 60);
  return fc.string({ unit: 'binary', minLength: Math.min(Number(schema.minLength ?? 0), maxLength), maxLength });
}

/** Random bodies that the schema allows, including unusual ones. */
export function schemaArbitrary(document: ApiDocument, node: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = resolveReference(document, node);
  const inner = (part: Schema): fc.Arbitrary<unknown> => schemaArbitrary(document, part, depth + 1);
  if (depth > MAX_DEPTH) return fc.constant('example' in schema ? schema.example : null);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(inner));
  const types = [schema.type ?? []].flat();
  if (types.length > 1) return fc.oneof(...types.map((type) => inner({ ...schema, type })));
  if (types[0] === 'string') return stringArbitrary(schema);
  if (types[0] === 'boolean') return fc.boolean();
  if (types[0] === 'null') return fc.constant(null);
  if (types[0] === 'integer')
    return fc.integer({ min: Number(schema.minimum ?? -2_147_483_648), max: Number(schema.maximum ?? 2_147_483_647) });
  if (types[0] === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (types[0] === 'array')
    return fc.array(schema.items ? inner(schema.items) : fc.jsonValue(), {
      minLength: Math.min(Number(schema.minItems ?? 0), 3),
      maxLength: 3,
    });
  if (!schema.properties)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  return fc.record(
    Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, inner(property)])),
    { requiredKeys: [...(schema.required ?? [])] },
  );
}

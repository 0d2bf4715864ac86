import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { schemaPointer, compileSchemas, type Schemas } from '../support/conformance.js';
import {
  getApiDocument,
  listOperations,
  resolveReference,
  type ApiDocument,
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

/** Every schema within a node, with its place. */
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
  // Where any JSON may stand, a description and an example say so.
  if (Object.keys(schema).every((key) => key === 'description' || key === 'example'))
    return !('description' in schema && 'example' in schema);
  const properties = Object.keys(schema.properties ?? {}).length;
  return schema.type === 'object' && properties === 0 && schema.additionalProperties === undefined;
}

beforeAll(async () => {
  document = await getApiDocument();
  operations = listOperations(document);
  schemas = compileSchemas(document);
});

describe('the OpenAPI document', () => {
  it('should be valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('should be the one that is committed; otherwise `npm run openapi` writes it anew', async () => {
    expect(await readFile(COMMITTED_DOCUMENT, 'utf8')).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('should have no schema that says nothing', () => {
    expect(
      allSchemas()
        .filter(([, schema]) => isUndescribed(schema))
        .map(([position]) => position),
    ).toEqual([]);
  });

  it('should have no reference that leads nowhere', () => {
    const dangling = allSchemas().filter(
      ([, schema]) => schema.$ref !== undefined && resolveReference(document, { $ref: schema.$ref }) === undefined,
    );
    expect(dangling.map(([position]) => position)).toEqual([]);
  });

  it('should say what every field means', () => {
    const undescribed = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, property]) => !property.description)
        .map(([field]) => `${name}.${field}`),
    );
    expect(undescribed).toEqual([]);
  });
});

describe('every operation', () => {
  it('should have an id of its own, a summary and the tag of a domain', () => {
    const defined = new Set(document.tags.map(({ name }) => name));
    const missing = operations.filter(
      ({ summary, tags, id }) =>
        !summary || tags.length !== 1 || !defined.has(tags[0]!) || !/^[a-z]\w*\.[a-z]\w*$/i.test(id),
    );
    expect(missing.map(nameOf)).toEqual([]);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('should tell its refusals', () => {
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

  it('should describe every parameter in its path', () => {
    const missing = operations.flatMap((operation) =>
      [...operation.path.matchAll(/\{([^}]+)\}/g)]
        .filter(
          ([, name]) => !operation.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name),
        )
        .map(([, name]) => `${nameOf(operation)} ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('should have an example for each body that it takes and gives, which its schema allows', () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      const owners = [
        ['requestBody', { content: operation.bodies }] as const,
        ...Object.entries(operation.responses).map(([status, response]) => [`responses/${status}`, response] as const),
      ];
      for (const [owner, { content }] of owners) {
        for (const [mediaType, media] of Object.entries(content ?? {})) {
          if (media.example === undefined) wrong.push(`${nameOf(operation)} ${owner} has no example`);
          const shared = owner.startsWith('responses/') && Number(owner.slice(10)) >= 400;
          const pointer = shared
            ? '/components/schemas/ErrorBodyDto'
            : schemaPointer(`${operation.pointer}/${owner}`, mediaType);
          const mismatch = schemas.mismatch(pointer, media.example);
          if (mismatch) wrong.push(`${nameOf(operation)} ${owner}: ${mismatch}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('should have parameters whose examples their schemas allow', () => {
    const wrong = operations.flatMap((operation) => {
      const raw = document.paths[operation.path]![operation.method.toLowerCase()]!.parameters ?? [];
      return operation.parameters.flatMap((parameter, index) => {
        const example = parameter.example ?? parameter.schema.example;
        const reference = raw[index] as { $ref?: string };
        const pointer = reference.$ref
          ? `${reference.$ref.slice(1)}/schema`
          : `${operation.pointer}/parameters/${index}/schema`;
        const mismatch = example === undefined ? null : schemas.mismatch(pointer, example);
        return mismatch ? [`${nameOf(operation)} ${parameter.name}: ${mismatch}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });
});

import { exampleQuery, getJsonSchema, buildPath } from '../support/calls.js';
import { createPersonalKey, registerWorkspace, type Client } from '../support/client.js';
import {
  getApiDocument,
  listOperations,
  resolveReference,
  type ApiDocument,
  type Operation,
  type Schema,
} from '../support/document.js';
import { OwnObjects } from '../support/own-objects.js';
import type { ErrorResponse } from '../support/wire.js';

const MAX_DEPTH = 4;
const INVALID = ['2026-01-15', '2026-01-15T10:30:00', '2026-01-15 10:30:00Z', '2026-01-15T10:30Z', '1768473000', 'now'];
const VALID = ['2046-01-15t10:30:00z', '2046-01-15T10:30:00.123456Z', '2046-01-15T10:30:00-03:30'];

const document = await getApiDocument();

let client: Client;
let objects: OwnObjects;

beforeEach(async () => {
  const workspace = await registerWorkspace('Times');
  ({ client } = await createPersonalKey(workspace));
  objects = new OwnObjects(document, { ...workspace, client });
});

/** Paths of the times in a body. */
function timePaths(api: ApiDocument, node: Schema, depth = 0): string[][] {
  const schema = resolveReference(api, node);
  if (schema.format === 'date-time') return [[]];
  if (depth > MAX_DEPTH) return [];
  const choices = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [
    ...choices.flatMap((choice) => timePaths(api, choice, depth + 1)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      timePaths(api, property, depth + 1).map((path) => [name, ...path]),
    ),
  ];
}

function withField(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const fields = (body ?? {}) as Record<string, unknown>;
  return { ...fields, [name]: withField(fields[name], rest, value) };
}

function timeParameters({ parameters }: Operation): string[] {
  return parameters.filter((item) => item.in === 'query' && item.schema.format === 'date-time').map(({ name }) => name);
}

function bodyPaths(operation: Operation): string[][] {
  const schema = getJsonSchema(document, operation);
  return schema ? timePaths(document, schema) : [];
}

const operations = listOperations(document).filter(
  (operation) => timeParameters(operation).length + bodyPaths(operation).length > 0,
);

it('should cover all operations with times', () => {
  expect(operations.length).toBeGreaterThan(25);
});

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_name, operation) => {
    async function send(field: string, value: string): Promise<{ status: number; errors: readonly string[] }> {
      const path = buildPath(operation, await objects.pathIds(operation));
      const example = await objects.body(operation);
      const isParameter = timeParameters(operation).includes(field);
      const query = { ...exampleQuery(operation), ...(isParameter && { [field]: value }) };
      const body = isParameter ? example : withField(example, field.split('.'), value);
      const response = await client.exchange(operation.method, path, { query, body });
      const { details = {} } = (response.body as Partial<ErrorResponse> | null)?.error ?? {};
      return { status: response.status, errors: (details[field] ?? []) as readonly string[] };
    }

    it('should return 400 with the field when a time has no time zone', async () => {
      const fields = [...timeParameters(operation), ...bodyPaths(operation).map((path) => path.join('.'))];
      for (const field of fields) {
        for (const value of INVALID) {
          const { status, errors } = await send(field, value);
          expect({ field, value, status }).toEqual({ field, value, status: 400 });
          expect(errors.join()).toContain('must be an RFC 3339 date and time with a time zone');
        }
        for (const value of VALID) {
          const { errors } = await send(field, value);
          expect({ field, value, errors: errors.filter((error) => error.includes('RFC 3339')) }).toEqual({
            field,
            value,
            errors: [],
          });
        }
      }
    });
  },
);

import { getJsonSchema, pathIds, buildPath } from './calls.js';
import { schemaPointer, type Schemas } from './conformance.js';
import { resolveReference, type ApiDocument, type Operation, type Parameter, type Schema } from './document.js';
import {
  INFINITE_NUMBER,
  BROKEN_BODIES,
  HOSTILE_TEXTS,
  hostileValues,
  LONE_SURROGATE,
  UNEXPECTED_FIELDS,
  WRONG_TYPES,
} from './hostile-values.js';

/** A hostile request. */
export interface HostileCase {
  readonly name: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
  /** True if the request must be rejected. */
  readonly invalid: boolean;
  /** Field that the error must name, with status 400. */
  readonly field?: string;
  /** True if the error of the field must be that it is required. */
  readonly missing?: boolean;
}

/** A valid request of the operation. */
export interface ValidCall {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: Record<string, unknown> | undefined;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const MAX_BODY_BYTES = 1_048_576;

function withQuery(path: string, query: ValidCall['query'], more = ''): string {
  const text = [
    new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
    more,
  ]
    .filter(Boolean)
    .join('&');
  return text ? `${path}?${text}` : path;
}

function serialize(body: unknown): string {
  return JSON.stringify(body).replaceAll(`"${INFINITE_NUMBER}"`, '1e999');
}

/** Paths of the fields of a body, two levels deep. */
function fieldPaths(document: ApiDocument, schema: Schema, depth = 2): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const inner = resolveReference(document, property.allOf?.[0] ?? property);
    return [
      [name],
      ...(depth > 1 && inner.properties ? fieldPaths(document, inner, depth - 1).map((path) => [name, ...path]) : []),
    ];
  });
}

function withField(
  body: Record<string, unknown>,
  [name, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const inner = body[name!];
  return {
    ...body,
    [name!]: rest.length === 0 ? value : withField((inner ?? {}) as Record<string, unknown>, rest, value),
  };
}

function shorten(value: unknown): string {
  return JSON.stringify(value).slice(0, 60);
}

/** Bodies with invalid or unusual values. */
export function bodyCases(
  document: ApiDocument,
  looseSchemas: Schemas,
  operation: Operation,
  validCall: ValidCall,
): HostileCase[] {
  const url = withQuery(validCall.path, validCall.query);
  const schema = getJsonSchema(document, operation);
  const pointer = schemaPointer(`${operation.pointer}/requestBody`, 'application/json');
  const toCase = (
    name: string,
    body: unknown,
    invalid = looseSchemas.mismatch(pointer, body) !== null,
  ): HostileCase => ({
    name,
    url,
    headers: JSON_TYPE,
    raw: serialize(body),
    invalid,
  });
  const fields = schema
    ? fieldPaths(document, schema).flatMap((path) =>
        hostileValues().map((value) =>
          toCase(`${path.join('.')} = ${shorten(value)}`, withField(validCall.body ?? {}, path, value)),
        ),
      )
    : [];
  const unexpected = UNEXPECTED_FIELDS.map((field) => ({
    name: `field ${shorten(field)}`,
    url,
    headers: JSON_TYPE,
    raw: `{${[...pairs(validCall.body), `${JSON.stringify(field)}:1`].join(',')}}`,
    invalid: true,
  }));
  return [...fields, ...unexpected];
}

function pairs(body: Record<string, unknown> | undefined): string[] {
  return Object.entries(body ?? {}).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
}

/** Bodies without each of the required fields, and with null instead of each that is not nullable. */
export function requiredFieldCases(
  document: ApiDocument,
  looseSchemas: Schemas,
  operation: Operation,
  { path, query, body }: ValidCall,
): HostileCase[] {
  const required = getJsonSchema(document, operation)?.required ?? [];
  const pointer = schemaPointer(`${operation.pointer}/requestBody`, 'application/json');
  return required.flatMap((field) => {
    const { [field]: _removed, ...rest } = body ?? {};
    const bodies: [string, Record<string, unknown>][] = [[`without ${field}`, rest]];
    const withNull = { ...rest, [field]: null };
    if (looseSchemas.mismatch(pointer, withNull) !== null) bodies.push([`${field} = null`, withNull]);
    return bodies.map(([name, value]) => ({
      name,
      field,
      missing: !(field in value),
      url: withQuery(path, query),
      headers: JSON_TYPE,
      raw: JSON.stringify(value),
      invalid: true,
    }));
  });
}

/** Bodies that are not JSON objects, too large, or of another content type. */
export function payloadCases(operation: Operation, validCall: ValidCall): HostileCase[] {
  const url = withQuery(validCall.path, validCall.query);
  const acceptedTypes = Object.keys(operation.bodies);
  const large = `{"zz":"${'a'.repeat(MAX_BODY_BYTES)}"}`;
  return [
    ...BROKEN_BODIES.map((raw) => ({ name: `body ${raw.slice(0, 40)}`, url, headers: JSON_TYPE, raw, invalid: true })),
    { name: 'body over the limit', url, headers: JSON_TYPE, raw: large, invalid: true },
    ...WRONG_TYPES.map(([type, raw]) => ({
      name: `body of type ${type}`,
      url,
      headers: { 'content-type': type },
      raw,
      invalid: acceptedTypes.length > 0,
    })),
    {
      name: 'body with an unknown charset',
      url,
      headers: { 'content-type': 'application/json; charset=utf-7' },
      raw: '{"zz":1}',
      invalid: true,
    },
    {
      name: 'body with a false content-encoding',
      url,
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      raw: 'not gzip',
      invalid: true,
    },
  ];
}

/** True if a text cannot be a value of the parameter. */
function isInvalidFor({ schema }: Parameter, text: string): boolean {
  if (text.includes(String.fromCharCode(0))) return true;
  if (schema.type === 'integer')
    return (
      !/^-?\d+$/.test(text) ||
      Number(text) < Number(schema.minimum ?? -Infinity) ||
      Number(text) > Number(schema.maximum ?? Infinity)
    );
  if (schema.enum) return !schema.enum.includes(text);
  if (schema.format === 'uuid') return !/^[0-9a-f-]{36}$/i.test(text);
  if (schema.format === 'date-time') return !/^\d{4}-\d{2}-\d{2}/.test(text);
  return typeof schema.maxLength === 'number' && [...text].length > schema.maxLength;
}

/** Invalid or unusual queries. */
export function queryCases(operation: Operation, { path, query, body }: ValidCall): HostileCase[] {
  const base = body === undefined ? {} : { headers: JSON_TYPE, raw: JSON.stringify(body) };
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  const casesFor = (parameter: Parameter): HostileCase[] => {
    const { [parameter.name]: _own, ...others } = query;
    const toCase = (name: string, text: string, invalid: boolean): HostileCase => ({
      ...base,
      name: `query ${name}`.slice(0, 90),
      url: withQuery(path, others, text),
      invalid,
    });
    const texts = HOSTILE_TEXTS.filter((text) => !text.includes(LONE_SURROGATE)).map((text) =>
      toCase(
        `${parameter.name}=${text}`,
        `${parameter.name}=${encodeURIComponent(text)}`,
        isInvalidFor(parameter, text),
      ),
    );
    const raw = ['%ff', '%ED%A0%80', '%', '%zz', 'a'.repeat(9000)].map((text) =>
      toCase(`${parameter.name}=${text}`, `${parameter.name}=${text}`, false),
    );
    const shapes = [
      `${parameter.name}=1&${parameter.name}=2`,
      `${parameter.name}[]=1`,
      `${parameter.name}[a]=1`,
      `${parameter.name}[__proto__][polluted]=1`,
    ].map((text) => toCase(text, text, text.includes('[')));
    return [...texts, ...raw, ...shapes];
  };
  const unknown = [
    'zz_unknown=1',
    '__proto__=1',
    '__proto__[polluted]=1',
    'constructor[prototype][polluted]=1',
    'workspace_id=1',
    '%00=1',
    '%F0%9F%98%80=1',
  ].map((text) => ({ ...base, name: `query ${text}`, url: withQuery(path, query, text), invalid: !operation.public }));
  return [...parameters.flatMap(casesFor), ...unknown];
}

const BAD_IDS = [
  'x',
  '123',
  '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3',
  '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3cc',
  '{0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c}',
  '0198c5a27b1e7c3d9a4f2b6d8e0f1a3c',
  '%00',
  '%ff',
  '%',
  '%zz',
  '%ED%A0%80',
  "'%20or%20'1'='1",
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f',
  'null',
  'undefined',
  '__proto__',
  'a'.repeat(600),
  '%F0%9F%98%80',
  '*',
  '%0d%0aSet-Cookie:%20a=b',
];

/** Paths with invalid IDs. */
export function pathCases(
  operation: Operation,
  ids: Readonly<Record<string, string>>,
  { query, body }: ValidCall,
): HostileCase[] {
  const base = body === undefined ? {} : { headers: JSON_TYPE, raw: JSON.stringify(body) };
  return pathIds(operation).flatMap((parameter) =>
    BAD_IDS.map((bad) => {
      const path = buildPath(operation, { ...ids, [parameter]: bad });
      return { ...base, name: `${parameter} ${bad.slice(0, 40)}`, url: withQuery(path, query), invalid: true };
    }),
  );
}

const HEADERS: readonly (readonly [name: string, value: string, invalid: boolean])[] = [
  ['if-match', 'abc', true],
  ['if-match', '"99999999999999999999"', true],
  ['if-match', '"1", "2"', true],
  ['idempotency-key', 'a'.repeat(300), true],
  ['idempotency-key', 'with space', true],
  ['idempotency-key', '\u00e9', true],
  ['x-request-id', 'a'.repeat(4000), false],
  ['x-request-id', '<script>', false],
  ['last-event-id', 'x', false],
  ['range', 'bytes=9-1,-5,x', false],
  ['x-forwarded-for', "'; drop table", false],
  ['accept', 'application/xml', false],
];

/** Invalid or unusual headers. */
export function headerCases(operation: Operation, { path, query, body }: ValidCall): HostileCase[] {
  const base = body === undefined ? {} : { raw: JSON.stringify(body) };
  const documentedHeaders = new Set(
    operation.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name.toLowerCase()),
  );
  return HEADERS.map(([name, value, invalid]) => ({
    ...base,
    name: `header ${name}: ${value.slice(0, 40)}`,
    url: withQuery(path, query),
    headers: { ...(body !== undefined && JSON_TYPE), [name]: value },
    invalid: invalid && documentedHeaders.has(name),
  }));
}

import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { getApiDocument, listOperations, type ApiDocument, type Operation, type Schema } from './document.js';

/** Search results have additional fields that depend on their type. */
const OPEN_SCHEMAS = new Set(['SearchHit']);

/** The compiled schemas of the document. */
export interface Schemas {
  /**
   * Validates a value with the schema at this JSON pointer of the document. Returns null if it is valid, else the
   * errors.
   */
  mismatch(pointer: string, value: unknown): string | null;
}

function closeSchema(name: string, schema: Schema): Schema {
  const open = OPEN_SCHEMAS.has(name) || schema.properties === undefined || schema.additionalProperties !== undefined;
  return open ? schema : { ...schema, additionalProperties: false };
}

/** Minimal patterns of formats. Some services accept more than the formats allow. */
const LOOSE_FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}/,
  'idn-email': /@/,
  uri: /^https?:/i,
};

/**
 * Compiles the schemas so that undocumented fields are errors. With `kind`, formats reject only values that are clearly
 * invalid.
 */
export function compileSchemas(document: ApiDocument, { kind: looseFormats = false } = {}): Schemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  if (looseFormats) for (const [format, pattern] of Object.entries(LOOSE_FORMATS)) ajv.addFormat(format, pattern);
  ajv.addFormat('binary', true);
  ajv.addFormat('idn-email', /@/);
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, closeSchema(name, schema)]),
  );
  ajv.addSchema({ ...document, components: { ...document.components, schemas } } as object, 'parley');
  const compiled = new Map<string, ValidateFunction>();
  return {
    mismatch(pointer, value) {
      const check = compiled.get(pointer) ?? ajv.compile({ $ref: `parley#${encodeURI(pointer)}` });
      compiled.set(pointer, check);
      return check(value) ? null : ajv.errorsText(check.errors, { dataVar: '' });
    },
  };
}

/** True if a path matches the template. */
export function matchesTemplate(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
}

/** The JSON pointer to the schema of a body. */
export function schemaPointer(owner: string, mediaType: string): string {
  return `${owner}/content/${mediaType.replaceAll('~', '~0').replaceAll('/', '~1')}/schema`;
}

interface Contract {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
}

let contract: Promise<Contract> | null = null;

/** The operation of a request, or null if the document does not contain it. */
export async function findOperation(method: string, path: string): Promise<Operation | null> {
  const { operations } = await loadContract();
  const found = operations.filter((operation) => operation.method === method && matchesTemplate(operation.path, path));
  // A literal path has priority over a template that also matches.
  return found.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0] ?? null;
}

function loadContract(): Promise<Contract> {
  contract ??= getApiDocument().then((document) => ({
    operations: listOperations(document),
    schemas: compileSchemas(document),
  }));
  return contract;
}

/** Describes how a response differs from the document. Null if it does not. */
export async function findContractViolation(
  method: string,
  path: string,
  actual: { status: number; mediaType: string | null; body: unknown },
): Promise<string | null> {
  const operation = await findOperation(method, path);
  if (!operation) return null;
  const label = `${method} ${operation.path} returned ${actual.status}`;
  const response = operation.responses[actual.status];
  if (!response) return `${label}, which is not documented`;
  if (actual.mediaType === null) return response.content ? `${label} without its body` : null;
  if (!response.content) return `${label} with a body that is not documented`;
  if (!(actual.mediaType in response.content))
    return 'application/octet-stream' in response.content
      ? null
      : `${label} in ${actual.mediaType}, which is not documented`;
  if (actual.mediaType !== 'application/json') return null;
  const { schemas } = await loadContract();
  const owner = actual.status >= 400 ? null : `${operation.pointer}/responses/${actual.status}`;
  const pointer = owner ? schemaPointer(owner, actual.mediaType) : '/components/schemas/ErrorBody';
  const mismatch = schemas.mismatch(pointer, actual.body);
  return mismatch && `${label}: ${mismatch}`;
}

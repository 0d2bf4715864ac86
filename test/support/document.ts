/** A JSON Schema of the document. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly example?: unknown;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A body of one media type. */
export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

/** Response of an operation with one status. */
export interface DocumentedResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
}

/** An operation of the document with resolved references. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Template, such as `/v1/teams/{id}`. */
  readonly path: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  /** JSON pointers to the schemas of the parameters, in the same order. */
  readonly parameterPointers: readonly string[];
  readonly bodies: Readonly<Record<string, Media>>;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
  readonly public: boolean;
  /** Required scopes; empty if any credential is accepted. */
  readonly scopes: readonly string[];
  /** JSON pointer to the operation in the document. */
  readonly pointer: string;
}

interface Reference {
  readonly $ref: string;
}

interface RawOperation {
  /** Other paths of the operation. */
  readonly 'x-aliases'?: readonly string[];
  /** True if the response has secrets. */
  readonly 'x-has-secrets'?: boolean;
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, DocumentedResponse | Reference>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The OpenAPI document of the server. */
export interface ApiDocument {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> } & Readonly<Record<string, unknown>>;
}

/** URL of the API server of this test run. */
export function serverUrl(): string {
  const url = process.env.PARLEY_TEST_URL;
  if (!url)
    throw new Error('PARLEY_TEST_URL is not set: run the tests with `npm test` and name the file *.e2e-spec.ts');
  return url;
}

let loaded: Promise<ApiDocument> | null = null;

/** Loads the OpenAPI document of the server of this test run. */
export function getApiDocument(): Promise<ApiDocument> {
  loaded ??= fetch(`${serverUrl()}/openapi.json`).then((response) => response.json() as Promise<ApiDocument>);
  return loaded;
}

/** Resolves a reference within the document. Returns other nodes unchanged. */
export function resolveReference<T extends object>(document: ApiDocument, node: T | Reference): T {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (current, key) => (current as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    ) as T;
}

/** All operations of the document, once for each of their paths. */
export function listOperations(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, raw]) => {
      const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
      const operation = toOperation(document, method, path, raw, pointer);
      const aliases = (raw['x-aliases'] ?? []).map((alias) => ({ ...operation, path: alias, id: aliasId(raw, alias) }));
      return [operation, ...aliases];
    }),
  );
}

function toOperation(
  document: ApiDocument,
  method: string,
  path: string,
  raw: RawOperation,
  pointer: string,
): Operation {
  const parameters = raw.parameters ?? [];
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    summary: raw.summary,
    tags: raw.tags ?? [],
    parameters: parameters.map((parameter) => resolveReference<Parameter>(document, parameter)),
    parameterPointers: parameters.map((parameter, index) =>
      '$ref' in parameter ? `${parameter.$ref.slice(1)}/schema` : `${pointer}/parameters/${index}/schema`,
    ),
    bodies: raw.requestBody?.content ?? {},
    responses: Object.fromEntries(
      Object.entries(raw.responses).map(([status, response]) => [
        status,
        resolveReference<DocumentedResponse>(document, response),
      ]),
    ),
    public: raw.security?.length === 0,
    scopes: raw.security?.[0]?.bearer ?? [],
    pointer,
  };
}

/** Builds `customerProfiles.list` from `contacts.list` at `/v1/customer-profiles`. */
function aliasId({ operationId }: RawOperation, path: string): string {
  const resource = path.split('/')[2]!.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  return `${resource}${operationId.slice(operationId.indexOf('.'))}`;
}

import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { exampleQuery, getJsonSchema, buildPath } from '../support/calls.js';
import { Client, createPersonalKey, registerWorkspace } from '../support/client.js';
import { compileSchemas, type Schemas } from '../support/conformance.js';
import { getApiDocument, listOperations, serverUrl, type Operation } from '../support/document.js';
import {
  bodyCases,
  headerCases,
  pathCases,
  payloadCases,
  queryCases,
  requiredFieldCases,
  type ValidCall,
  type HostileCase,
} from '../support/hostile-cases.js';
import { OwnObjects } from '../support/own-objects.js';
import { schemaArbitrary } from '../support/schema-arbitrary.js';
import type { ErrorResponse } from '../support/wire.js';

const SEED = Number(process.env.PARLEY_TEST_SEED ?? 20_261_121);
const CONCURRENCY = 12;
const RANDOM_BODIES = 15;

const document = await getApiDocument();
const operations = listOperations(document);
const exact = compileSchemas(document);
const kind = compileSchemas(document, { kind: true });

let ownCases: OwnObjects;
let client: Client;

// Each operation has its own workspace, because accepted rules would run for all conversations that are accepted later.
beforeEach(async () => {
  const workspace = await registerWorkspace('Hostile');
  ({ client } = await createPersonalKey(workspace));
  // The requests can invalidate the session of the owner.
  ownCases = new OwnObjects(document, { ...workspace, client });
});

async function validCall(operation: Operation): Promise<ValidCall & { ids: Record<string, string> }> {
  const ids = await ownCases.pathIds(operation);
  return {
    ids,
    path: buildPath(operation, ids),
    query: exampleQuery(operation) ?? {},
    body: await ownCases.body(operation),
  };
}

function randomCases(operation: Operation, { path, body }: ValidCall): HostileCase[] {
  const schema = getJsonSchema(document, operation);
  if (!schema) return [];
  const bodies = fc.sample(schemaArbitrary(document, schema), { seed: SEED, numRuns: RANDOM_BODIES }) as object[];
  return bodies.map((random, index) => ({
    name: `random body ${index}`,
    url: path,
    headers: { 'content-type': 'application/json' },
    raw: JSON.stringify({ ...body, ...random }),
    invalid: false,
  }));
}

function wrongShape(type: string | null, requestId: string | null, text: string, schemas: Schemas): string | null {
  if (!type?.startsWith('application/json'))
    return `the error response has the content type ${type}: ${text.slice(0, 100)}`;
  const body = JSON.parse(text) as ErrorResponse;
  const mismatch = schemas.mismatch('/components/schemas/ErrorBody', body);
  if (mismatch) return `the error response does not match its schema:${mismatch}: ${text.slice(0, 200)}`;
  if (requestId !== body.error.request_id) return 'the request ID of the error differs from the header';
  return /select |insert |node_modules|\.[jt]s:\d/i.test(body.error.message)
    ? `the error exposes internals: ${body.error.message}`
    : null;
}

function namesField(status: number, text: string, { field, missing }: HostileCase): boolean {
  const { details = {} } = (JSON.parse(text) as ErrorResponse).error;
  const errors = details[field!];
  return status === 400 && errors !== undefined && (!missing || /\bis required\b/.test(JSON.stringify(errors)));
}

/** Sends a case and returns the problem of its response, or null. */
async function findProblem(method: string, hostileCase: HostileCase): Promise<string | null> {
  const { name, url, headers, raw, invalid, field } = hostileCase;
  const address = Array.from({ length: 3 }, () => randomInt(256)).join('.');
  const describe = (what: string): string => `${name}: ${what}`;
  try {
    const authorization = `Bearer ${client.credential}`;
    const response = await fetch(serverUrl() + url, {
      method,
      headers: { authorization, 'x-forwarded-for': `10.${address}`, ...headers },
      body: method === 'GET' ? undefined : raw,
      signal: AbortSignal.timeout(30_000),
    });
    const type = response.headers.get('content-type');
    if (type?.startsWith('text/event-stream')) await response.body?.cancel();
    const text = type?.startsWith('text/event-stream') ? '' : await response.text();
    if (response.status >= 500) return describe(`returned ${response.status} ${text.slice(0, 200)}`);
    if (invalid && response.status < 400)
      return describe(`was accepted with ${response.status}: ${text.slice(0, 200)}`);
    if (response.status < 400 || response.status === 416) return null;
    if (field !== undefined && !namesField(response.status, text, hostileCase))
      return describe(`returned ${response.status} without the field or the reason: ${text.slice(0, 200)}`);
    const invalidCase = wrongShape(type, response.headers.get('x-request-id'), text, exact);
    return invalidCase && describe(`${response.status}, ${invalidCase}`);
  } catch (error) {
    return describe(`failed: ${String((error as Error).cause ?? error)}`);
  }
}

async function findProblems(method: string, cases: readonly HostileCase[]): Promise<string[]> {
  const found: string[] = [];
  const queue = cases.values();
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    for (const item of queue) {
      const invalidCase = await findProblem(method, item);
      if (invalidCase) found.push(invalidCase);
    }
  });
  await Promise.all(workers);
  return found;
}

function report(found: readonly string[]): string {
  return found.length === 0
    ? ''
    : `${found.length} problems with the seed ${SEED} (PARLEY_TEST_SEED):\n${found.slice(0, 25).join('\n')}`;
}

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_name, operation) => {
    const { method } = operation;

    it('should reject or handle hostile paths, queries and headers', async () => {
      const validRequest = await validCall(operation);
      expect(
        report(
          await findProblems(method, [
            ...pathCases(operation, validRequest.ids, validRequest),
            ...queryCases(operation, validRequest),
            ...headerCases(operation, validRequest),
          ]),
        ),
      ).toBe('');
    }, 60_000);

    if (method !== 'GET') {
      it('should name each required field that is missing or null', async () => {
        const cases = requiredFieldCases(document, kind, operation, await validCall(operation));
        expect(report(await findProblems(method, cases))).toBe('');
      }, 60_000);

      it('should reject or handle hostile bodies', async () => {
        const validRequest = await validCall(operation);
        expect(
          report(
            await findProblems(method, [
              ...payloadCases(operation, validRequest),
              ...bodyCases(document, kind, operation, validRequest),
              ...randomCases(operation, validRequest),
            ]),
          ),
        ).toBe('');
      }, 60_000);
    }
  },
);

describe('API server', () => {
  it.each([
    '/v1/nowhere',
    '/v1//teams',
    '/%00',
    '/%',
    '/v1/%ff',
    `/v1/${'a/'.repeat(2000)}`,
    `/v1/teams?q=${'a'.repeat(14_000)}`,
    `/v1/teams?q=${'a'.repeat(40_000)}`,
    '/v1/__proto__',
    '/..%2f..%2fpackage.json',
  ])('should return an API error for the path %.40s', async (url) => {
    expect(await findProblem('GET', { name: url.slice(0, 40), url, invalid: true })).toBeNull();
  });

  it('should still be ready after all hostile requests', async () => {
    expect((await new Client().get('/readyz')).status).toBe(200);
  });
});

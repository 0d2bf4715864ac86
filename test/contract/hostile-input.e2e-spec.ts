import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { exampleQuery, jsonSchemaOf, pathOf } from '../support/calls.js';
import { Client, personalKey, register } from '../support/client.js';
import { schemasOf, type Schemas } from '../support/conformance.js';
import { apiDocument, operationsOf, serverUrl, type Operation } from '../support/document.js';
import {
  bodyCases,
  headerCases,
  pathCases,
  payloadCases,
  queryCases,
  type HonestCall,
  type HostileCase,
} from '../support/hostile-cases.js';
import { OwnObjects } from '../support/own-objects.js';
import { arbitraryOf } from '../support/schema-arbitrary.js';
import type { Refusal } from '../support/wire.js';

const SEED = Number(process.env.PARLEY_TEST_SEED ?? 20_261_121);
const SLOWEST_MS = 5_000;
const AT_ONCE = 12;
const RANDOM_BODIES = 15;

const document = await apiDocument();
const operations = operationsOf(document);
const exact = schemasOf(document);
const kind = schemasOf(document, { kind: true });

let own: OwnObjects;
let client: Client;

// Each operation in a workspace of its own: rules that were let in would run for all the conversations that are let in after them.
beforeEach(async () => {
  const workspace = await register('Hostile');
  ({ client } = await personalKey(workspace));
  // The owner's session does not outlive what is done to it here.
  own = new OwnObjects(document, { ...workspace, client });
});

async function honestCall(operation: Operation): Promise<HonestCall & { ids: Record<string, string> }> {
  const ids = await own.pathIds(operation);
  return { ids, path: pathOf(operation, ids), query: exampleQuery(operation) ?? {}, body: await own.body(operation) };
}

function randomCases(operation: Operation, { path, body }: HonestCall): HostileCase[] {
  const schema = jsonSchemaOf(document, operation);
  if (!schema) return [];
  const bodies = fc.sample(arbitraryOf(document, schema), { seed: SEED, numRuns: RANDOM_BODIES }) as object[];
  return bodies.map((random, index) => ({
    name: `random body ${index}`,
    url: path,
    headers: { 'content-type': 'application/json' },
    raw: JSON.stringify({ ...body, ...random }),
    invalid: false,
  }));
}

function wrongShape(type: string | null, requestId: string | null, text: string, schemas: Schemas): string | null {
  if (!type?.startsWith('application/json')) return `the refusal is ${type}: ${text.slice(0, 100)}`;
  const body = JSON.parse(text) as Refusal;
  const mismatch = schemas.mismatch('/components/schemas/ErrorBodyDto', body);
  if (mismatch) return `the refusal is not of the API's shape:${mismatch}: ${text.slice(0, 200)}`;
  if (requestId !== body.error.request_id) return 'the refusal has another request id than its header';
  return /select |insert |node_modules|\.[jt]s:\d/i.test(body.error.message)
    ? `the refusal tells of the inside: ${body.error.message}`
    : null;
}

/** What is wrong with the answer to a case; null when it is as it should be. */
async function fault(method: string, { name, url, headers, raw, invalid }: HostileCase): Promise<string | null> {
  const address = Array.from({ length: 3 }, () => randomInt(256)).join('.');
  const started = performance.now();
  const tell = (what: string): string => `${name}: ${what}`;
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
    const ms = performance.now() - started;
    if (ms > SLOWEST_MS) return tell(`took ${Math.round(ms)} ms`);
    if (response.status >= 500) return tell(`answered ${response.status} ${text.slice(0, 200)}`);
    if (invalid && response.status < 400) return tell(`was taken with ${response.status}: ${text.slice(0, 200)}`);
    if (response.status < 400 || response.status === 416) return null;
    const wrong = wrongShape(type, response.headers.get('x-request-id'), text, exact);
    return wrong && tell(`${response.status}, ${wrong}`);
  } catch (error) {
    return tell(`was cut off: ${String((error as Error).cause ?? error)}`);
  }
}

async function faults(method: string, cases: readonly HostileCase[]): Promise<string[]> {
  const found: string[] = [];
  const queue = cases.values();
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (const one of queue) {
      const wrong = await fault(method, one);
      if (wrong) found.push(wrong);
    }
  });
  await Promise.all(hands);
  return found;
}

function report(found: readonly string[]): string {
  return found.length === 0
    ? ''
    : `${found.length} faults with the seed ${SEED} (PARLEY_TEST_SEED):\n${found.slice(0, 25).join('\n')}`;
}

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_name, operation) => {
    const { method } = operation;

    it('should refuse or bear whatever stands in its path, query and headers', async () => {
      const honest = await honestCall(operation);
      expect(
        report(
          await faults(method, [
            ...pathCases(operation, honest.ids, honest),
            ...queryCases(operation, honest),
            ...headerCases(operation, honest),
          ]),
        ),
      ).toBe('');
    }, 60_000);

    if (method !== 'GET') {
      it('should refuse or bear whatever stands in its body', async () => {
        const honest = await honestCall(operation);
        expect(
          report(
            await faults(method, [
              ...payloadCases(operation, honest),
              ...bodyCases(document, kind, operation, honest),
              ...randomCases(operation, honest),
            ]),
          ),
        ).toBe('');
      }, 60_000);
    }
  },
);

describe('the server', () => {
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
  ])('should refuse the path %.40s in its own words', async (url) => {
    expect(await fault('GET', { name: url.slice(0, 40), url, invalid: true })).toBeNull();
  });

  it('should be well after all this', async () => {
    expect((await new Client().get('/readyz')).status).toBe(200);
  });
});

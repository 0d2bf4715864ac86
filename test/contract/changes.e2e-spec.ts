import { randomUUID } from 'node:crypto';
import { personalKey, refusalOf, register, type Workspace } from '../support/client.js';
import { schemaPointer, schemasOf } from '../support/conformance.js';
import { apiDocument, operationsOf, type Operation } from '../support/document.js';
import { ownCall, SPECIAL } from '../support/own-calls.js';
import type { LoggedEvent } from '../support/wire.js';

const document = await apiDocument();
const schemas = schemasOf(document);
const takes =
  (header: string) =>
  (operation: Operation): boolean =>
    operation.parameters.some(({ name, in: where }) => where === 'header' && name === header);
const named = (operations: Operation[]) =>
  operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

const operations = operationsOf(document).filter(({ id }) => !SPECIAL.has(id));
// Signing out ends the very credential that a repeated call would come with.
const repeatable = operations.filter(takes('Idempotency-Key')).filter(({ id }) => id !== 'auth.logout');
const guarded = operations.filter(takes('If-Match'));

/** The operation that reads what another deletes. */
function reading({ path }: Operation): Operation {
  return operations.find((one) => one.method === 'GET' && one.path === path)!;
}

let workspace: Workspace;

beforeEach(async () => {
  const registered = await register();
  workspace = { ...registered, client: (await personalKey(registered)).client };
});

async function causedBy(requestId: string): Promise<LoggedEvent[]> {
  return (await workspace.client.get<{ data: LoggedEvent[] }>('/v1/events', { correlation_id: requestId })).body.data;
}

describe('Idempotency-Key', () => {
  it('should be taken by every change', () => {
    const changes = operationsOf(document).filter(({ method, public: open }) => method !== 'GET' && !open);
    expect(changes.filter((operation) => !takes('Idempotency-Key')(operation)).map(({ id }) => id)).toEqual([]);
  });

  it.each(named(repeatable))('should make repeating %s safe', async (_name, operation) => {
    const { method, path, sent } = await ownCall(document, operation, workspace);
    const key = randomUUID();
    const call = (requestId: string) =>
      workspace.client.send(method, path, { ...sent, headers: { 'idempotency-key': key, 'x-request-id': requestId } });
    const [first, second] = [`first-${key}`, `second-${key}`];
    const answer = await call(first);
    expect(answer.status).toBeLessThan(300);
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    const repeated = await call(second);
    expect([repeated.status, repeated.body]).toEqual([answer.status, answer.body]);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(await causedBy(second)).toEqual([]);
  });
});

describe('If-Match', () => {
  it.each(named(guarded))(
    'should refuse %s on an older version, and show the object as it is',
    async (_name, operation) => {
      const { method, path, sent } = await ownCall(document, operation, workspace);
      const requestId = randomUUID();
      const refusal = refusalOf(
        await workspace.client.send(method, path, {
          ...sent,
          headers: { 'if-match': '"999"', 'x-request-id': requestId },
        }),
      );
      expect(refusal).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });
      const shown = method === 'DELETE' ? reading(operation) : operation;
      const pointer = `${schemaPointer(`${shown.pointer}/responses/200`, 'application/json')}/properties/data`;
      expect(schemas.mismatch(pointer, refusal.details.current)).toBeNull();
      expect(await causedBy(requestId)).toEqual([]);
    },
  );

  it.each(named(guarded))(
    'should let %s through on the present version, and give the next',
    async (_name, operation) => {
      const { method, path, sent } = await ownCall(document, operation, workspace);
      const resource = method === 'DELETE' ? path : path.split('/').slice(0, 4).join('/');
      const etag = (await workspace.client.get(resource)).headers.get('etag')!;
      expect(etag).toMatch(/^"\d+"$/);
      const answer = await workspace.client.send<{ data: { version: number } }>(method, path, {
        ...sent,
        headers: { 'if-match': etag },
      });
      expect(answer.status).toBe(method === 'DELETE' ? 204 : 200);
      if (method === 'DELETE') expect((await workspace.client.get(resource)).status).toBe(404);
      else expect(answer.headers.get('etag')).toBe(`"${answer.body.data.version}"`);
    },
  );
});

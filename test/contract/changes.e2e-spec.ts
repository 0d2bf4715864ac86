import { randomUUID } from 'node:crypto';
import { createPersonalKey, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { schemaPointer, compileSchemas } from '../support/conformance.js';
import { getApiDocument, listOperations, type Operation } from '../support/document.js';
import { buildOwnCall, SPECIAL_OPERATIONS } from '../support/own-calls.js';
import type { LoggedEvent } from '../support/wire.js';

const document = await getApiDocument();
const schemas = compileSchemas(document);
const acceptsHeader =
  (header: string) =>
  (operation: Operation): boolean =>
    operation.parameters.some(({ name, in: where }) => where === 'header' && name === header);
const named = (operations: Operation[]) =>
  operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

const operations = listOperations(document).filter(({ id }) => !SPECIAL_OPERATIONS.has(id));
// Signing out invalidates the credential that a repeated call would use.
const repeatable = operations.filter(acceptsHeader('Idempotency-Key')).filter(({ id }) => id !== 'auth.logout');
const guarded = operations.filter(acceptsHeader('If-Match'));

/** The operation that reads the object that another deletes. */
function reading({ path }: Operation): Operation {
  return operations.find((candidate) => candidate.method === 'GET' && candidate.path === path)!;
}

let workspace: Workspace;

beforeEach(async () => {
  const registered = await registerWorkspace();
  workspace = { ...registered, client: (await createPersonalKey(registered)).client };
});

async function causedBy(requestId: string): Promise<LoggedEvent[]> {
  return (await workspace.client.get<{ data: LoggedEvent[] }>('/v1/events', { correlation_id: requestId })).body.data;
}

describe('Idempotency-Key', () => {
  it('should be accepted by every write operation', () => {
    const changes = listOperations(document).filter(({ method, public: open }) => method !== 'GET' && !open);
    expect(changes.filter((operation) => !acceptsHeader('Idempotency-Key')(operation)).map(({ id }) => id)).toEqual([]);
  });

  it.each(named(repeatable))('should replay the response of %s', async (_name, operation) => {
    const { method, path, options: sent } = await buildOwnCall(document, operation, workspace);
    const key = randomUUID();
    const call = (requestId: string) =>
      workspace.client.send(method, path, { ...sent, headers: { 'idempotency-key': key, 'x-request-id': requestId } });
    const [first, second] = [`first-${key}`, `second-${key}`];
    const response = await call(first);
    expect(response.status).toBeLessThan(300);
    expect(response.headers.get('idempotency-replayed')).toBeNull();
    const repeated = await call(second);
    expect([repeated.status, repeated.body]).toEqual([response.status, response.body]);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(await causedBy(second)).toEqual([]);
  });
});

describe('If-Match', () => {
  it.each(named(guarded))(
    'should reject %s with the current object when the version is old',
    async (_name, operation) => {
      const { method, path, options: sent } = await buildOwnCall(document, operation, workspace);
      const requestId = randomUUID();
      const error = getError(
        await workspace.client.send(method, path, {
          ...sent,
          headers: { 'if-match': '"999"', 'x-request-id': requestId },
        }),
      );
      expect(error).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });
      const current = method === 'DELETE' ? reading(operation) : operation;
      const pointer = `${schemaPointer(`${current.pointer}/responses/200`, 'application/json')}/properties/data`;
      expect(schemas.mismatch(pointer, error.details.current)).toBeNull();
      expect(await causedBy(requestId)).toEqual([]);
    },
  );

  it.each(named(guarded))(
    'should accept %s on the current version and return the next one',
    async (_name, operation) => {
      const { method, path, options: sent } = await buildOwnCall(document, operation, workspace);
      const resource = method === 'DELETE' ? path : path.split('/').slice(0, 4).join('/');
      const etag = (await workspace.client.get(resource)).headers.get('etag')!;
      expect(etag).toMatch(/^"\d+"$/);
      const response = await workspace.client.send<{ data: { version: number } }>(method, path, {
        ...sent,
        headers: { 'if-match': etag },
      });
      expect(response.status).toBe(method === 'DELETE' ? 204 : 200);
      if (method === 'DELETE') expect((await workspace.client.get(resource)).status).toBe(404);
      else expect(response.headers.get('etag')).toBe(`"${response.body.data.version}"`);
    },
  );
});

/** Operations without an event: they read, concern only the caller, or have a log of their own. */
const WITHOUT_EVENT = [
  /^POST .*\/(filter|dry-run|typing|render)$/,
  /^(PATCH|POST|DELETE) \/v1\/(me\/notification-preferences|notifications)\b/,
  // The session list shows it; a code or a link is confirmed later.
  /^POST \/v1\/auth\/(logout|totp|email)$/,
  /^POST \/v1\/users\/\{id\}\/invite$/,
  // The delivery log shows it.
  /^POST \/v1\/webhooks\/\{id\}\/(test|replay|deliveries\/\{delivery_id\}\/redeliver)$/,
];

/** Operations whose example finds nothing to change in a new workspace, or whose job makes the change. */
const WITHOUT_CHANGE = [
  /\/(bulk|restore|reopen|unsnooze|unmerge|unread|disable|activate|unpublish|cancel|assign)$/,
  /^DELETE .*\/avatar$/,
  /^PATCH \/v1\/(me|users\/\{id\})$/,
  /^PATCH \/v1\/(conversation-notes|messages)\/\{id\}$/,
];

describe('the event log', () => {
  const isLogged = ({ method, path }: Operation): boolean =>
    ![...WITHOUT_EVENT, ...WITHOUT_CHANGE].some((pattern) => pattern.test(`${method} ${path}`));
  const changes = operations.filter(({ method, public: open }) => method !== 'GET' && !open).filter(isLogged);

  it.each(named(changes))('should contain an event of %s', async (_name, operation) => {
    const { method, path, options: sent } = await buildOwnCall(document, operation, workspace);
    const requestId = randomUUID();
    const response = await workspace.client.send(method, path, { ...sent, headers: { 'x-request-id': requestId } });
    expect(response.status).toBeLessThan(300);
    expect((await causedBy(requestId)).map(({ type }) => type)).not.toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { exampleBody, exampleQuery, pathIds, buildPath } from '../support/calls.js';
import {
  createApiKey,
  Client,
  getError,
  registerWorkspace,
  type ApiResponse,
  type TestKey,
  type Workspace,
} from '../support/client.js';
import { getApiDocument, listOperations, type Operation } from '../support/document.js';

const operations = listOperations(await getApiDocument());
const protectedOperations = operations
  .filter((operation) => !operation.public)
  .map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const scoped = protectedOperations.filter(([, { scopes }]) => scopes.length > 0);

/** Scope group as `GET /v1/roles/scopes` returns it. */
interface ScopeGroup {
  readonly name: string;
  readonly requires: string | null;
}

let workspace: Workspace;
let filesOnly: TestKey;
let searchOnly: TestKey;
let revoked: TestKey;

function call(
  client: Client,
  operation: Operation,
  headers: Record<string, string> = {},
): Promise<ApiResponse<unknown>> {
  const ids = Object.fromEntries(pathIds(operation).map((name) => [name, randomUUID()]));
  return client.send(operation.method, buildPath(operation, ids), {
    query: exampleQuery(operation),
    body: exampleBody(operation),
    headers,
  });
}

beforeAll(async () => {
  workspace = await registerWorkspace();
  [filesOnly, searchOnly, revoked] = await Promise.all([
    createApiKey(workspace, ['files:read']),
    createApiKey(workspace, ['search:read']),
    createApiKey(workspace),
  ]);
  await workspace.client.post(`/v1/api-keys/${revoked.id}/revoke`);
  await eventually(async () => (await revoked.client.get('/v1/me')).status === 401);
});

describe.each(protectedOperations)('%s', (_name, operation) => {
  it('should return 401 without a credential', async () => {
    expect(getError(await call(new Client(), operation))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('should return 401 for an unknown or malformed credential', async () => {
    for (const authorization of [
      'Bearer sk_live_nobody',
      'Bearer a.b.c',
      'Bearer',
      'Basic dXNlcjpwYXNz',
      'Bearer a b',
    ]) {
      expect(getError(await call(new Client(), operation, { authorization }))).toMatchObject({
        status: 401,
        code: 'UNAUTHORIZED',
      });
    }
  });

  it('should return 401 for a revoked key', async () => {
    expect(getError(await call(revoked.client, operation))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });
});

const withBody = protectedOperations.filter(([, { bodies }]) => Object.keys(bodies).length > 0);

describe.each(withBody)('the body of %s', (_name, operation) => {
  const malformed = { raw: '{"a":', headers: { 'content-type': 'application/json' } };
  const ids = Object.fromEntries(pathIds(operation).map((name) => [name, randomUUID()]));
  const path = buildPath(operation, ids);

  it('should not be read when the request has no credential', async () => {
    const response = await new Client().send(operation.method, path, malformed);
    expect(getError(response)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  if (operation.scopes.length > 0)
    it('should not be read when the key lacks the scope', async () => {
      const { client } = operation.scopes[0]!.startsWith('files:') ? searchOnly : filesOnly;
      expect(getError(await client.send(operation.method, path, malformed))).toMatchObject({ status: 403 });
    });
});

it.each(scoped)('should return 403 with the required scope for %s when the key lacks it', async (_name, operation) => {
  const [scope] = operation.scopes;
  const { client } = scope!.startsWith('files:') ? searchOnly : filesOnly;
  const error = getError(await call(client, operation));
  expect(error).toMatchObject({ status: 403, code: 'FORBIDDEN', details: { required_scope: scope } });
  expect(error.message).toContain(scope);
});

describe('scopes that require others', () => {
  const severalScopes = scoped.filter(([, { scopes }]) => scopes.length > 1);
  const clients = new Map<string, Client>();
  let groups: readonly ScopeGroup[];

  async function clientWith(scopes: readonly string[]): Promise<Client> {
    const name = scopes.join();
    const client = clients.get(name) ?? (await createApiKey(workspace, scopes)).client;
    clients.set(name, client);
    return client;
  }

  beforeAll(async () => {
    groups = (await workspace.client.get<{ data: ScopeGroup[] }>('/v1/roles/scopes')).body.data;
  });

  it('should be documented for all operations whose group requires another one', () => {
    const documented = scoped.map(([name, { scopes }]) => [name, scopes]);
    const expected = scoped.map(([name, { scopes }]) => {
      const [group, access] = scopes[0]!.split(':');
      const requires = groups.find((candidate) => candidate.name === group)!.requires;
      return [name, requires === null ? [scopes[0]] : [scopes[0], `${requires}:${access}`]];
    });
    expect(documented).toEqual(expected);
    expect(severalScopes.length).toBeGreaterThan(10);
    expect(groups.filter(({ requires }) => requires !== null).map(({ name, requires }) => [name, requires])).toEqual([
      ['contact_bulk', 'contacts'],
      ['contact_erasure', 'contacts'],
      ['contact_exports', 'contacts'],
    ]);
  });

  it.each(severalScopes)(
    'should return 403 with the missing scope for %s when a key lacks one of them',
    async (_name, operation) => {
      for (const missing of operation.scopes) {
        const others = groups.filter(({ name }) => name !== missing.split(':')[0]);
        const client = await clientWith(others.map(({ name }) => `${name}:write`));
        const error = getError(await call(client, operation));
        expect(error).toMatchObject({ status: 403, code: 'FORBIDDEN', details: { required_scope: missing } });
        expect(error.message).toContain(missing);
      }
      const client = await clientWith(operation.scopes);
      expect((await call(client, operation)).status).not.toBe(403);
    },
  );
});

it('should require no credential for listed operations only', () => {
  const open = operations.filter((operation) => operation.public).map(({ method, path }) => `${method} ${path}`);
  expect(open.sort()).toEqual([
    'GET /accept-invitation',
    'GET /confirm-email',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /reset-password',
    'GET /v1/auth/oidc',
    'GET /v1/auth/oidc/{provider_id}/callback',
    'GET /v1/auth/oidc/{provider_id}/start',
    'GET /v1/contacts/exports/{id}/file',
    'GET /v1/contacts/imports/{id}/errors',
    'GET /v1/contacts/{id}/avatar',
    'GET /v1/customer-profiles/{id}/avatar',
    'GET /v1/files/{id}/content',
    'POST /v1/auth/email/confirm',
    'POST /v1/auth/email/preview',
    'POST /v1/auth/invitations/accept',
    'POST /v1/auth/invitations/preview',
    'POST /v1/auth/login',
    'POST /v1/auth/password-reset',
    'POST /v1/auth/password-reset/confirm',
    'POST /v1/auth/password-reset/preview',
    'POST /v1/auth/refresh',
    'POST /v1/auth/register',
  ]);
});

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
const scoped = protectedOperations.filter(([, { scope }]) => scope !== null);

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

it.each(scoped)('should return 403 with the required scope for %s when the key lacks it', async (_name, operation) => {
  const { client } = operation.scope!.startsWith('files:') ? searchOnly : filesOnly;
  const error = getError(await call(client, operation));
  expect(error).toMatchObject({ status: 403, code: 'FORBIDDEN', details: { required_scope: operation.scope } });
  expect(error.message).toContain(operation.scope);
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

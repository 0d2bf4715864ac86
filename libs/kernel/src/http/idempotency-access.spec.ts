import { declareScopes } from '../auth/scopes.js';
import { canReplay, toStoredAccess } from './idempotency-access.js';

for (const group of ['alphas', 'betas']) declareScopes(group, { description: group } as never);

const access = (scopes: readonly string[], hiddenInboxIds?: readonly string[]) => ({
  scopes: new Set(scopes),
  hiddenInboxIds,
});

it.each([
  ['the same', access(['alphas:write'], ['x']), access(['alphas:write'], ['x']), true],
  ['all scopes', access(['*']), access(['*']), true],
  ['more scopes', access(['alphas:read']), access(['alphas:read', 'betas:read']), true],
  ['a scope that includes the previous one', access(['alphas:read']), access(['alphas:write']), true],
  ['all scopes instead of some', access(['alphas:read']), access(['*']), true],
  ['fewer hidden inboxes', access(['*'], ['x', 'y']), access(['*'], ['x']), true],
  ['fewer scopes', access(['alphas:read', 'betas:read']), access(['betas:read']), false],
  ['read instead of write', access(['alphas:write']), access(['alphas:read']), false],
  ['some scopes instead of all', access(['*']), access(['alphas:write', 'betas:write']), false],
  ['another hidden inbox', access(['*'], ['x']), access(['*'], ['x', 'y']), false],
  ['a first hidden inbox', access(['*']), access(['*'], ['x']), false],
])('should decide whether a response is replayed when the access is %s', (_name, before, now, expected) => {
  expect(canReplay(now, toStoredAccess(before as never))).toBe(expected);
});

import type { Principal } from '@parley/kernel';
import { assertCanManage } from './role-rank.js';

function principal(role: string, scopes: readonly string[] = ['*'], userId: string | null = 'u'): Principal {
  return {
    workspaceId: 'w',
    actor: { kind: 'user', id: userId },
    userId,
    credentialId: 'c',
    role,
    scopes: new Set(scopes),
    plan: 'unlimited',
  };
}

describe('assertCanManage', () => {
  it.each([
    ['owner', 'owner'],
    ['owner', 'admin'],
    ['owner', 'agent'],
    ['admin', 'admin'],
    ['admin', 'agent'],
    ['admin', '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'],
  ])('should allow %s to manage %s', (caller, role) => {
    expect(() => assertCanManage(principal(caller), role)).not.toThrow();
  });

  it.each([
    ['admin', 'owner'],
    ['agent', 'agent'],
    ['0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', 'agent'],
  ])('should forbid %s to manage %s', (caller, role) => {
    expect(() => assertCanManage(principal(caller), role)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('should forbid service keys and keys without all scopes', () => {
    expect(() => assertCanManage(principal('service', ['*'], null), 'agent')).toThrow('Requires an owner or admin');
    expect(() => assertCanManage(principal('owner', ['users:write']), 'agent')).toThrow('Requires an owner or admin');
  });
});

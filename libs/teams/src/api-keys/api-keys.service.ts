import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  allows, badRequest, Clock, CredentialCache, DomainError, Events, hashKey, newId, normalizeScope, notFound, UnitOfWork, unprocessable, type Page, type PageRequest,
  type Principal, type Scope,
} from '@parley/kernel';
import { ApiKeyCreated, ApiKeyRevoked } from '../teams.events.js';
import type { ApiKeyView } from './api-key.view.js';
import { ApiKeysRepository } from './api-keys.repository.js';

/** What a new key is to be. */
export interface NewApiKey {
  readonly name: string;
  readonly kind: 'personal' | 'service';
  readonly mode: 'live' | 'test';
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** A key that was just made; `key` is never shown again. */
export interface MadeApiKey {
  readonly view: ApiKeyView;
  readonly key: string;
}

/** Keys that people and services call the API with. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  list(principal: Principal, request: PageRequest): Promise<Page<ApiKeyView>> {
    return this.keys.list(principal.workspaceId, principal.userId, request);
  }

  /**
   * Makes a key with at most the caller's own scopes.
   * @throws DomainError BAD_REQUEST for unknown scopes, FORBIDDEN for scopes that the caller lacks, UNPROCESSABLE for a personal key of nobody.
   */
  async create(principal: Principal, wanted: NewApiKey): Promise<MadeApiKey> {
    if (wanted.kind === 'personal' && !principal.userId) throw unprocessable('A service key is nobody, so it cannot make a personal key');
    if (wanted.expiresAt && wanted.expiresAt <= this.clock.now()) throw badRequest({ expires_at: ['expires_at must lie in the future'] });
    const scopes = knownScopes(wanted.scopes);
    const missing = scopes.filter((scope) => (scope === '*' ? !principal.scopes.has('*') : !allows(principal.scopes, scope as Scope)));
    if (missing.length > 0) throw new DomainError('FORBIDDEN', `You cannot give away what you do not have: ${missing.join(', ')}`, { missing_scopes: missing });
    return this.make(principal.workspaceId, wanted.kind === 'personal' ? principal.userId : null, { ...wanted, scopes }, newKey(wanted.mode));
  }

  /** Makes the personal key of a new workspace's owner; `key` is given when the operator chose one. */
  createForOwner(workspaceId: string, userId: string, key: string | null): Promise<MadeApiKey> {
    return this.make(workspaceId, userId, { name: 'First admin', kind: 'personal', mode: 'live', scopes: ['*'], expiresAt: null }, key ?? newKey('live'));
  }

  /** Takes a key out of use for good. Another process may trust it for up to five seconds more. @throws DomainError NOT_FOUND */
  async revoke(principal: Principal, id: string): Promise<ApiKeyView> {
    const revoked = await this.unitOfWork.run(async () => {
      const known = await this.keys.find(principal.workspaceId, id);
      const hidden = known?.userId != null && known.userId !== principal.userId && !principal.scopes.has('*');
      if (!known || hidden) throw notFound('API key');
      if (await this.keys.revoke(principal.workspaceId, id)) this.events.append(new ApiKeyRevoked(id, { name: known.name }));
      return (await this.keys.find(principal.workspaceId, id))!;
    });
    this.cache.evict(id);
    return revoked;
  }

  private make(workspaceId: string, userId: string | null, wanted: NewApiKey, key: string): Promise<MadeApiKey> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      const { name, kind, expiresAt } = wanted;
      const scopes = [...wanted.scopes];
      await this.keys.add({ id, workspaceId, userId, kind, name, hint: `${key.slice(0, 10)}…${key.slice(-4)}`, keyHash: hashKey(key), scopes, expiresAt });
      this.events.append(new ApiKeyCreated(id, { name, kind, scopes }, workspaceId));
      return { view: (await this.keys.find(workspaceId, id))!, key };
    });
  }
}

function newKey(mode: 'live' | 'test'): string {
  return `sk_${mode}_${randomBytes(24).toString('base64url')}`;
}

function knownScopes(scopes: readonly string[]): string[] {
  const wrong: string[] = [];
  const known = scopes.map((scope, index) => {
    const normal = normalizeScope(scope);
    if (normal === null) wrong.push(`scopes[${index}]: there is no scope "${scope}"`);
    return normal ?? scope;
  });
  if (wrong.length > 0) throw badRequest({ scopes: wrong });
  return [...new Set(known)];
}

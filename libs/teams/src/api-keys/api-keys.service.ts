import { Injectable } from '@nestjs/common';
import {
  allows,
  badRequest,
  Clock,
  CredentialCache,
  Events,
  hashKey,
  newId,
  notFound,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
  type Principal,
} from '@parley/kernel';
import { knownScopes } from '../roles/grantable-scopes.js';
import { ApiKeyCreated, ApiKeyRevoked } from '../teams.events.js';
import type { ApiKeyView } from './api-key.view.js';
import { ApiKeysRepository, type ApiKeysFilter } from './api-keys.repository.js';
import { KeyAccess } from './key-access.service.js';
import { hintOf, newKey, type KeyMode } from './new-key.js';

/** What a new key is to be. */
export interface NewApiKey {
  readonly name: string;
  readonly kind: 'personal' | 'service';
  readonly mode: KeyMode;
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
    private readonly access: KeyAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** The caller's own keys and, to whoever has the scope, the workspace's service keys. @throws DomainError FORBIDDEN for a key that lacks the scope. */
  async list(principal: Principal, filter: ApiKeysFilter, request: PageRequest): Promise<Page<ApiKeyView>> {
    const service = allows(principal.scopes, 'api_keys:read');
    if (!service) await this.access.assertMay(principal, 'api_keys:read', principal.userId);
    return this.keys.list(principal.workspaceId, principal.userId, { ...filter, service }, request);
  }

  /**
   * A key that the caller may see: their own, a service key, or any for who may do everything. `scope` is what they need unless it is their own.
   * @throws DomainError NOT_FOUND, FORBIDDEN
   */
  async get(
    principal: Principal,
    id: string,
    scope: 'api_keys:read' | 'api_keys:write' = 'api_keys:read',
  ): Promise<ApiKeyView> {
    const key = await this.keys.find(principal.workspaceId, id);
    await this.access.assertMay(principal, scope, key?.userId ?? null);
    const hidden = key?.userId != null && key.userId !== principal.userId && !principal.scopes.has('*');
    if (!key || hidden) throw notFound('API key');
    return key;
  }

  /**
   * Makes a key with at most the caller's own scopes.
   * @throws DomainError BAD_REQUEST for unknown scopes, FORBIDDEN for whoever may not make it or lacks its scopes, UNPROCESSABLE for a personal key of nobody.
   */
  async create(principal: Principal, wanted: NewApiKey): Promise<MadeApiKey> {
    if (wanted.kind === 'personal' && !principal.userId)
      throw unprocessable('A service key is nobody, so it cannot make a personal key');
    if (wanted.expiresAt && wanted.expiresAt <= this.clock.now())
      throw badRequest({ expires_at: ['expires_at must lie in the future'] });
    const ownerId = wanted.kind === 'personal' ? principal.userId : null;
    await this.access.assertMay(principal, 'api_keys:write', ownerId);
    const scopes = knownScopes(wanted.scopes);
    await this.access.assertMayGive(principal, ownerId, scopes);
    return this.make(principal.workspaceId, ownerId, { ...wanted, scopes }, newKey(wanted.mode));
  }

  /** Makes the personal key of a new workspace's owner; `key` is given when the operator chose one. */
  createForOwner(workspaceId: string, userId: string, key: string | null): Promise<MadeApiKey> {
    return this.make(
      workspaceId,
      userId,
      { name: 'First admin', kind: 'personal', mode: 'live', scopes: ['*'], expiresAt: null },
      key ?? newKey('live'),
    );
  }

  /** Takes a key out of use for good. Another process may trust it for up to five seconds more. @throws DomainError NOT_FOUND, FORBIDDEN */
  async revoke(principal: Principal, id: string): Promise<ApiKeyView> {
    const revoked = await this.unitOfWork.run(async () => {
      const known = await this.get(principal, id, 'api_keys:write');
      if (await this.keys.revoke(principal.workspaceId, id))
        this.events.append(new ApiKeyRevoked(id, { name: known.name }));
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
      await this.keys.add({
        id,
        workspaceId,
        userId,
        kind,
        name,
        hint: hintOf(key),
        keyHash: hashKey(key),
        scopes,
        expiresAt,
      });
      this.events.append(new ApiKeyCreated(id, { name, kind, scopes }, workspaceId));
      return { view: (await this.keys.find(workspaceId, id))!, key };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError, newId, notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { hasScope, CredentialCache, hashApiKey } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { normalizeScopes } from '../roles/grantable-scopes.js';
import { SandboxesService } from '../sandboxes/sandboxes.service.js';
import { ApiKeyCreated, ApiKeyRevoked } from '../teams.events.js';
import type { ApiKeyView } from './api-key.view.js';
import { ApiKeysRepository, type ApiKeysFilter } from './api-keys.repository.js';
import { ApiKeyPolicy } from './api-key-policy.service.js';
import { toKeyHint, generateApiKey, type ApiKeyMode } from './api-key-secret.js';

/** Fields of a new API key. */
export interface CreateApiKeyInput {
  readonly name: string;
  readonly kind: 'personal' | 'service';
  readonly mode: ApiKeyMode;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** A created or rotated key. `key` is the secret and is never shown again. */
export interface CreatedApiKey {
  readonly view: ApiKeyView;
  readonly key: string;
}

/** API keys of users and services. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly policy: ApiKeyPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
    private readonly sandboxes: SandboxesService,
  ) {}

  /**
   * Lists the caller's own keys and, if the caller has `api_keys:read`, the workspace's service keys.
   * @throws DomainError FORBIDDEN for a key that lacks the scope.
   */
  async list(principal: Principal, filter: ApiKeysFilter, request: PageRequest): Promise<Page<ApiKeyView>> {
    const includesServiceKeys = hasScope(principal.scopes, 'api_keys:read');
    if (!includesServiceKeys) await this.policy.assertCanAccess(principal, 'api_keys:read', principal.userId);
    return this.keys.list(principal.workspaceId, principal.userId, { ...filter, includesServiceKeys }, request);
  }

  /**
   * Returns a key that the caller can see: their own, a service key, or any key if the caller has all scopes. `scope`
   * is required unless the key is the caller's own.
   * @throws DomainError NOT_FOUND, FORBIDDEN
   */
  async get(
    principal: Principal,
    id: string,
    scope: 'api_keys:read' | 'api_keys:write' = 'api_keys:read',
  ): Promise<ApiKeyView> {
    const key = await this.keys.find(principal.workspaceId, id);
    await this.policy.assertCanAccess(principal, scope, key?.userId ?? null);
    const isHidden = key?.userId != null && key.userId !== principal.userId && !principal.scopes.has('*');
    if (!key || isHidden) throw notFoundError('API key');
    return key;
  }

  /**
   * Creates a key with at most the caller's own scopes. The first test key creates the sandbox of the workspace.
   * @throws DomainError BAD_REQUEST for unknown scopes or an expiry in the past; FORBIDDEN if the caller cannot create
   * such a key or lacks its scopes; UNPROCESSABLE for a personal key requested by a service key, or a personal test key
   * of a user who cannot be copied to the sandbox.
   */
  async create(principal: Principal, input: CreateApiKeyInput): Promise<CreatedApiKey> {
    if (input.kind === 'personal' && !principal.userId)
      throw unprocessableError('A service key cannot create a personal key: use an access token or a personal key');
    if (input.expiresAt && input.expiresAt <= this.clock.now())
      throw invalidInputError('expiresAt', 'must be in the future');
    const ownerId = input.kind === 'personal' ? principal.userId : null;
    await this.policy.assertCanAccess(principal, 'api_keys:write', ownerId);
    const scopes = normalizeScopes(input.scopes);
    await this.policy.assertCanGrant(principal, ownerId, scopes);
    if (input.mode === 'test') await this.sandboxes.prepare(principal.workspaceId, ownerId);
    const byPassword = ownerId !== null && (await this.policy.provesAccount(principal));
    return this.createKey(principal.workspaceId, ownerId, { ...input, scopes, byPassword }, generateApiKey(input.mode));
  }

  /** Creates the personal key of a new workspace's owner. `key` is the secret if the operator chose one. */
  createForOwner(workspaceId: string, userId: string, key: string | null): Promise<CreatedApiKey> {
    return this.createKey(
      workspaceId,
      userId,
      { name: 'First admin', kind: 'personal', mode: 'live', scopes: ['*'], expiresAt: null, byPassword: true },
      key ?? generateApiKey('live'),
    );
  }

  /**
   * Revokes a key permanently. Other processes can accept it for up to five more seconds.
   * @throws DomainError NOT_FOUND, FORBIDDEN
   */
  async revoke(principal: Principal, id: string): Promise<ApiKeyView> {
    const revoked = await this.unitOfWork.run(async () => {
      const existing = await this.get(principal, id, 'api_keys:write');
      if (await this.keys.revoke(principal.workspaceId, id))
        this.events.append(new ApiKeyRevoked(id, { name: existing.name }));
      return (await this.keys.find(principal.workspaceId, id))!;
    });
    this.cache.evict(id);
    return revoked;
  }

  private createKey(
    workspaceId: string,
    userId: string | null,
    input: CreateApiKeyInput & { readonly byPassword: boolean },
    key: string,
  ): Promise<CreatedApiKey> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      const { name, kind, mode, expiresAt, byPassword } = input;
      const scopes = [...input.scopes];
      await this.keys.add({
        id,
        workspaceId,
        userId,
        kind,
        mode,
        name,
        hint: toKeyHint(key),
        keyHash: hashApiKey(key),
        scopes,
        byPassword,
        expiresAt: expiresAt?.toISOString() ?? null,
      });
      this.events.append(new ApiKeyCreated(id, { name, kind, mode, scopes }, workspaceId));
      return { view: (await this.keys.find(workspaceId, id))!, key };
    });
  }
}

import { Injectable } from '@nestjs/common';
import {
  Clock,
  DomainError,
  invalidInputError,
  sentence,
  THE_FIELD,
  unprocessableError,
  unprocessableFieldError,
  type Principal,
} from '@parley/kernel';
import { CredentialCache, hashApiKey } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { normalizeScopes } from '../roles/grantable-scopes.js';
import { ApiKeyRotated, ApiKeyUpdated } from '../teams.events.js';
import type { ApiKeyView } from './api-key.view.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService, type CreatedApiKey } from './api-keys.service.js';
import { ApiKeyPolicy } from './api-key-policy.service.js';
import { toKeyHint, generateApiKey } from './api-key-secret.js';

/** Changes to an API key. Omitted fields keep their value. */
export interface UpdateApiKeyInput {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date | null;
}

/** Updates and rotates API keys. */
@Injectable()
export class ApiKeyUpdater {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly apiKeys: ApiKeysService,
    private readonly policy: ApiKeyPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * Updates the name, scopes or expiry of a key.
   * @throws DomainError NOT_FOUND; BAD_REQUEST for unknown scopes or an expiry in the past; FORBIDDEN for scopes that
   * the caller lacks or another user's key; UNPROCESSABLE for a revoked key; PRECONDITION_FAILED
   */
  update(principal: Principal, id: string, change: UpdateApiKeyInput, expected: number | null): Promise<ApiKeyView> {
    if (change.expiresAt && change.expiresAt <= this.clock.now())
      throw invalidInputError('expiresAt', 'must be in the future');
    const scopes = change.scopes && normalizeScopes(change.scopes);
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      assertVersion(expected, before.version, () => before);
      const after = {
        name: change.name ?? before.name,
        scopes: scopes ?? before.scopes,
        expiresAt: change.expiresAt === undefined ? before.expiresAt : (change.expiresAt?.toISOString() ?? null),
      };
      await this.policy.assertCanGrant(principal, before.userId, after.scopes);
      const changed = changesBetween(toEventFields(before), toEventFields(after));
      if (Object.keys(changed).length === 0) return before;
      const updated = await this.keys.update(principal.workspaceId, id, after);
      this.events.append(new ApiKeyUpdated(id, { name: after.name, changed }));
      this.unitOfWork.afterCommit(() => this.cache.evict(id));
      return updated;
    });
  }

  /**
   * Replaces the secret of a key. The previous secret stays valid for the overlap, in seconds; the one before it stops
   * working at once.
   * @throws DomainError NOT_FOUND; FORBIDDEN for scopes that the caller lacks or another user's key; UNPROCESSABLE for
   * a revoked or expired key
   */
  rotate(principal: Principal, id: string, overlapSeconds: number): Promise<CreatedApiKey> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      const now = this.clock.now();
      if (before.expiresAt !== null && new Date(before.expiresAt) <= now)
        throw unprocessableFieldError(
          'expiresAt',
          sentence`The key has expired: set a new ${THE_FIELD} first`,
          before.expiresAt,
        );
      await this.policy.assertCanGrant(principal, before.userId, before.scopes);
      const key = generateApiKey(before.mode);
      const previousUntil = overlapSeconds === 0 ? null : new Date(now.getTime() + overlapSeconds * 1000);
      const view = await this.keys.rotate(principal.workspaceId, id, {
        keyHash: hashApiKey(key),
        hint: toKeyHint(key),
        previousUntil,
        byPassword: await this.policy.provesAccount(principal),
      });
      this.events.append(new ApiKeyRotated(id, { name: view.name, overlap_seconds: overlapSeconds }));
      this.unitOfWork.afterCommit(() => this.cache.evict(id));
      return { view, key };
    });
  }

  private async lock(principal: Principal, id: string): Promise<ApiKeyView> {
    await this.keys.lock(principal.workspaceId, id);
    const key = await this.apiKeys.get(principal, id, 'api_keys:write');
    // A secret of another user's key would let the caller act as that user.
    if (key.userId !== null && key.userId !== principal.userId)
      throw new DomainError(
        'FORBIDDEN',
        'Only the owner of a personal key can do this. You can revoke the key instead',
      );
    if (key.revokedAt !== null)
      throw unprocessableError('The key is revoked: create a new one', { revokedAt: key.revokedAt });
    return key;
  }
}

/** Fields of a key as they appear in `changed` of an event. */
function toEventFields({ name, scopes, expiresAt }: Pick<ApiKeyView, 'name' | 'scopes' | 'expiresAt'>): object {
  return { name, scopes, expires_at: expiresAt };
}

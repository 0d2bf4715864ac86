import { Injectable } from '@nestjs/common';
import { badRequestError, Clock, DomainError, unprocessableError, type Principal } from '@parley/kernel';
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
import { toKeyHint, parseKeyMode, generateApiKey } from './api-key-secret.js';

/** What to change about a key; what is left out stays. */
export interface UpdateApiKeyInput {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date | null;
}

/** Changing keys that are in use. */
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
   * Changes what a key is called, allows, or how long it works.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for unknown scopes or a time that has passed, FORBIDDEN for scopes that the caller lacks or a key
   * of somebody else, UNPROCESSABLE for a key that was revoked, PRECONDITION_FAILED
   */
  update(principal: Principal, id: string, change: UpdateApiKeyInput, expected: number | null): Promise<ApiKeyView> {
    if (change.expiresAt && change.expiresAt <= this.clock.now())
      throw badRequestError({ expires_at: ['expires_at must lie in the future'] });
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
   * Gives a key another secret; the one before works on for the overlap, in seconds, and the one before that no more.
   * @throws DomainError NOT_FOUND, FORBIDDEN for scopes that the caller lacks or a key of somebody else, UNPROCESSABLE for a key that was revoked or has expired.
   */
  rotate(principal: Principal, id: string, overlapSeconds: number): Promise<CreatedApiKey> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(principal, id);
      const now = this.clock.now();
      if (before.expiresAt !== null && new Date(before.expiresAt) <= now)
        throw unprocessableError('This key has expired: give it another expiry first', {
          expires_at: before.expiresAt,
        });
      await this.policy.assertCanGrant(principal, before.userId, before.scopes);
      const key = generateApiKey(parseKeyMode(before.hint));
      const previousUntil = overlapSeconds === 0 ? null : new Date(now.getTime() + overlapSeconds * 1000);
      const view = await this.keys.rotate(principal.workspaceId, id, hashApiKey(key), toKeyHint(key), previousUntil);
      this.events.append(new ApiKeyRotated(id, { name: view.name, overlap_seconds: overlapSeconds }));
      this.unitOfWork.afterCommit(() => this.cache.evict(id));
      return { view, key };
    });
  }

  private async lock(principal: Principal, id: string): Promise<ApiKeyView> {
    await this.keys.lock(principal.workspaceId, id);
    const key = await this.apiKeys.get(principal, id, 'api_keys:write');
    // Who has a key of somebody else acts as them.
    if (key.userId !== null && key.userId !== principal.userId)
      throw new DomainError('FORBIDDEN', 'Only the user whose key it is may do this; you may revoke it');
    if (key.revokedAt !== null)
      throw unprocessableError('This key was revoked: make a new one', { revoked_at: key.revokedAt });
    return key;
  }
}

/** What can change about a key, as events tell of it. */
function toEventFields({ name, scopes, expiresAt }: Pick<ApiKeyView, 'name' | 'scopes' | 'expiresAt'>): object {
  return { name, scopes, expires_at: expiresAt };
}

import { Injectable } from '@nestjs/common';
import { notFoundError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { SessionsRevoked } from '../teams.events.js';
import { requireUserId } from '../users/principal-user.js';
import type { SessionView } from './session.view.js';
import { SessionsRepository } from './sessions.repository.js';

/** Sessions of users in a workspace. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Lists the caller's active sessions.
   * @throws DomainError UNPROCESSABLE for a service key.
   */
  async list(principal: Principal, range: TimeRange, request: PageRequest): Promise<Page<SessionView>> {
    return this.sessions.list(principal.workspaceId, requireUserId(principal), range, request);
  }

  /** True if the caller uses an access token, not an API key. */
  async isSession({ credentialId }: Principal): Promise<boolean> {
    return (await this.sessions.find(credentialId)) !== null;
  }

  /**
   * Revokes a session of the caller.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE for a service key.
   */
  async revoke(principal: Principal, sessionId: string): Promise<void> {
    const userId = requireUserId(principal);
    await this.unitOfWork.run(async () => {
      if (!(await this.sessions.revokeOwn(principal.workspaceId, userId, sessionId))) throw notFoundError('Session');
      this.emitRevoked(userId, [sessionId]);
    });
  }

  /**
   * Revokes all sessions of the caller except the current one, and returns their number.
   * @throws DomainError UNPROCESSABLE for a service key.
   */
  async revokeOthers(principal: Principal): Promise<number> {
    const userId = requireUserId(principal);
    return this.unitOfWork.run(async () => {
      const ids = await this.sessions.revokeOthers(principal.workspaceId, userId, principal.credentialId);
      if (ids.length > 0) this.emitRevoked(userId, ids);
      return ids.length;
    });
  }

  private emitRevoked(userId: string, sessionIds: readonly string[]): void {
    this.events.append(new SessionsRevoked(userId, { session_ids: sessionIds }));
    this.unitOfWork.afterCommit(() => sessionIds.forEach((id) => this.cache.evict(id)));
  }
}

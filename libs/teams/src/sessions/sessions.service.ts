import { Injectable } from '@nestjs/common';
import {
  CredentialCache,
  Events,
  notFound,
  UnitOfWork,
  type Page,
  type PageRequest,
  type Principal,
  type TimeRange,
} from '@parley/kernel';
import { SessionsRevoked } from '../teams.events.js';
import { personBehind } from '../users/person.js';
import type { SessionView } from './session.view.js';
import { SessionsRepository } from './sessions.repository.js';

/** Where somebody is signed in to a workspace. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /** The caller's own sessions that stand. @throws DomainError UNPROCESSABLE for a service key. */
  async list(principal: Principal, range: TimeRange, request: PageRequest): Promise<Page<SessionView>> {
    return this.sessions.list(principal.workspaceId, personBehind(principal), range, request);
  }

  /** Whether the caller has signed in, and does not call by a key. */
  async isSession({ credentialId }: Principal): Promise<boolean> {
    return (await this.sessions.find(credentialId)) !== null;
  }

  /** Ends a session of the caller's own. @throws DomainError NOT_FOUND, UNPROCESSABLE for a service key. */
  async revoke(principal: Principal, sessionId: string): Promise<void> {
    const userId = personBehind(principal);
    await this.unitOfWork.run(async () => {
      if (!(await this.sessions.revokeOwn(principal.workspaceId, userId, sessionId))) throw notFound('Session');
      this.ended(userId, [sessionId]);
    });
  }

  /** Ends all sessions of the caller but the one that asks, and gives how many. @throws DomainError UNPROCESSABLE for a service key. */
  async revokeOthers(principal: Principal): Promise<number> {
    const userId = personBehind(principal);
    return this.unitOfWork.run(async () => {
      const ids = await this.sessions.revokeOthers(principal.workspaceId, userId, principal.credentialId);
      if (ids.length > 0) this.ended(userId, ids);
      return ids.length;
    });
  }

  private ended(userId: string, sessionIds: readonly string[]): void {
    this.events.append(new SessionsRevoked(userId, { session_ids: sessionIds }));
    this.unitOfWork.afterCommit(() => sessionIds.forEach((id) => this.cache.evict(id)));
  }
}

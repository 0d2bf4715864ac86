import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { PresenceService } from '../presence/presence.service.js';
import { RefreshTokenReused, SignedIn, SignInFailed } from '../teams.events.js';
import { KnownAddressesRepository } from '../sign-in-attempts/known-addresses.repository.js';
import { SessionsRepository, type NewSessionRow } from '../sessions/sessions.repository.js';
import { SESSION_SECONDS } from './tokens.js';

/** Address and user agent of a client. */
export interface Device {
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Stores sessions and publishes the events of successful and failed sign-ins. */
@Injectable()
export class SignInAuditLogService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly presence: PresenceService,
    private readonly knownAddresses: KnownAddressesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  runInTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }

  computeSessionExpiry(): Date {
    return new Date(this.clock.now().getTime() + SESSION_SECONDS * 1000);
  }

  async startSession(
    session: Pick<NewSessionRow, 'userId' | 'workspaceId' | 'refreshHash' | 'familyHash' | 'byPassword'>,
    { address, userAgent }: Device,
  ): Promise<string> {
    const id = newId();
    const { userId, workspaceId } = session;
    await this.sessions.add({ ...session, id, address, userAgent, expiresAt: this.computeSessionExpiry() });
    if (session.byPassword && address !== null) await this.knownAddresses.add(userId, address);
    await this.presence.recordSeen([{ workspaceId, userId, seenAt: this.clock.now() }]);
    this.events.append(new SignedIn(userId, { session_id: id, address }, workspaceId));
    return id;
  }

  /** Requires a unit of work. */
  recordTokenReuse(userId: string, workspaceId: string, sessionId: string, address: string | null): void {
    this.events.append(new RefreshTokenReused(userId, { session_id: sessionId, address }, workspaceId));
  }

  recordFailure(userId: string, workspaceId: string, { address }: Device): Promise<void> {
    return this.unitOfWork.run(async () => {
      this.events.append(new SignInFailed(userId, { address }, workspaceId));
    });
  }
}

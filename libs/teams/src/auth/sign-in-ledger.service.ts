import { Injectable } from '@nestjs/common';
import { Clock, Events, newId, UnitOfWork } from '@parley/kernel';
import { Presence } from '../presence/presence.service.js';
import { SignedIn, SignInFailed } from '../teams.events.js';
import { SessionsRepository, type NewSession } from '../sessions/sessions.repository.js';
import { SESSION_SECONDS } from './tokens.js';

/** Where a sign-in comes from. */
export interface Device {
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Writes sessions and what there is to tell about them. */
@Injectable()
export class SignInLedger {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly presence: Presence,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  inOneGo<T>(work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }

  sessionEnd(): Date {
    return new Date(this.clock.now().getTime() + SESSION_SECONDS * 1000);
  }

  async start(
    session: Pick<NewSession, 'userId' | 'workspaceId' | 'refreshHash' | 'byPassword'>,
    { address, userAgent }: Device,
  ): Promise<string> {
    const id = newId();
    const { userId, workspaceId } = session;
    await this.sessions.add({ ...session, id, address, userAgent, expiresAt: this.sessionEnd() });
    await this.presence.seen([{ workspaceId, userId, at: this.clock.now() }]);
    this.events.append(new SignedIn(userId, { session_id: id, address }, workspaceId));
    return id;
  }

  failed(userId: string, workspaceId: string, { address }: Device): Promise<void> {
    return this.unitOfWork.run(async () => {
      this.events.append(new SignInFailed(userId, { address }, workspaceId));
    });
  }
}

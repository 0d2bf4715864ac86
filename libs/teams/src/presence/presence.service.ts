import { Injectable } from '@nestjs/common';
import { Events, notFound, UnitOfWork } from '@parley/kernel';
import { UserAvailabilityChanged } from '../teams.events.js';
import type { UserView } from '../users/user.view.js';
import { PresenceRepository, type SeenMember, type ShownChange } from './presence.repository.js';

/** What a member wants to show; what is left out stays. */
export interface AvailabilityChange {
  readonly availability?: UserView['availability'];
  readonly autoOffline?: boolean;
}

/** Whether members are there, and whether they take new work. */
@Injectable()
export class Presence {
  constructor(
    private readonly rows: PresenceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Notes who was seen; who was away is back. */
  async seen(members: readonly SeenMember[]): Promise<void> {
    if (members.length > 0) await this.telling(() => this.rows.seen(members));
  }

  /** Who has not been seen since then is away. */
  async gone(since: Date): Promise<void> {
    await this.telling(() => this.rows.gone(since));
  }

  /** Sets what a member wants to show; `there` when it is they who call. @throws DomainError NOT_FOUND */
  async set(
    workspaceId: string,
    userId: string,
    { availability, autoOffline }: AvailabilityChange,
    there: boolean,
  ): Promise<void> {
    await this.telling(async () => {
      const change = await this.rows.set(workspaceId, userId, availability ?? null, autoOffline ?? null, there);
      if (!change) throw notFound('User');
      return [change];
    });
  }

  private telling(work: () => Promise<readonly ShownChange[]>): Promise<void> {
    return this.unitOfWork.run(async () => {
      for (const { workspace_id: workspaceId, user_id: userId, before, after } of await work()) {
        if (before !== after)
          this.events.append(
            new UserAvailabilityChanged(userId, { changed: { availability: [before, after] } }, workspaceId),
          );
      }
    });
  }
}

import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { UserAvailabilityChanged } from '../teams.events.js';
import type { UserView } from '../users/user.view.js';
import { PresenceRepository, type SeenMember, type AvailabilityChangeRow } from './presence.repository.js';

/** What a member wants to show; what is left out stays. */
export interface UpdateAvailabilityInput {
  readonly availability?: UserView['availability'];
  readonly autoOffline?: boolean;
}

/** Whether members are there, and whether they take new work. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly repository: PresenceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Notes who was seen; who was away is back. */
  async recordSeen(members: readonly SeenMember[]): Promise<void> {
    if (members.length > 0) await this.emitChanges(() => this.repository.recordSeen(members));
  }

  /** Who has not been seen since then is away. */
  async markAway(since: Date): Promise<void> {
    await this.emitChanges(() => this.repository.markAway(since));
  }

  /** Sets what a member wants to show; `there` when it is they who call. @throws DomainError NOT_FOUND */
  async setAvailability(
    workspaceId: string,
    userId: string,
    { availability, autoOffline }: UpdateAvailabilityInput,
    isPresent: boolean,
  ): Promise<void> {
    await this.emitChanges(async () => {
      const change = await this.repository.setAvailability(
        workspaceId,
        userId,
        availability ?? null,
        autoOffline ?? null,
        isPresent,
      );
      if (!change) throw notFoundError('User');
      return [change];
    });
  }

  private emitChanges(work: () => Promise<readonly AvailabilityChangeRow[]>): Promise<void> {
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

import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { UserAvailabilityChanged } from '../teams.events.js';
import type { UserView } from '../users/user.view.js';
import { PresenceRepository, type SeenMember, type AvailabilityChangeRow } from './presence.repository.js';

/** Changes to the availability of a member. Omitted fields keep their value. */
export interface UpdateAvailabilityInput {
  readonly availability?: UserView['availability'];
  readonly autoOffline?: boolean;
}

/** Presence and availability of members. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly repository: PresenceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Records activity. Members who were away become present. */
  async recordSeen(members: readonly SeenMember[]): Promise<void> {
    if (members.length > 0) await this.emitChanges(() => this.repository.recordSeen(members));
  }

  /** Marks members as away who were last seen before `since`. */
  async markAway(since: Date): Promise<void> {
    await this.emitChanges(() => this.repository.markAway(since));
  }

  /**
   * Sets the availability of a member. `isPresent` is true if the member is the caller.
   * @throws DomainError NOT_FOUND
   */
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

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel';
import {
  channelsOf,
  saidToo,
  type Digest,
  type NotificationPreferences,
  type SaidChannels,
} from './notification-kinds.js';
import { NotificationPreferencesRepository } from './notification-preferences.repository.js';

/** What to change; what is left out stays. */
export interface PreferencesChange {
  readonly kinds?: SaidChannels;
  readonly emailDigest?: Digest;
}

/** How members want to be told. */
@Injectable()
export class NotificationPreferencesService {
  constructor(
    private readonly preferences: NotificationPreferencesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async get(workspaceId: string, userId: string): Promise<NotificationPreferences> {
    const row = await this.preferences.find(workspaceId, userId);
    return { kinds: channelsOf(row?.kinds ?? {}), emailDigest: row?.email_digest ?? 'immediate' };
  }

  update(
    workspaceId: string,
    userId: string,
    { kinds = {}, emailDigest }: PreferencesChange,
  ): Promise<NotificationPreferences> {
    return this.unitOfWork.run(async () => {
      const before = await this.preferences.lock(workspaceId, userId);
      await this.preferences.save(
        workspaceId,
        userId,
        saidToo(before.kinds, kinds),
        emailDigest ?? before.email_digest,
      );
      return this.get(workspaceId, userId);
    });
  }
}

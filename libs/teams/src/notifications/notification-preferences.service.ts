import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import {
  resolveChannels,
  mergeChannelPreferences,
  type DigestFrequency,
  type NotificationPreferences,
  type ChannelPreferences,
} from './notification-kinds.js';
import { NotificationPreferencesRepository } from './notification-preferences.repository.js';

/** Changes to notification preferences. Omitted fields keep their value. */
export interface UpdateNotificationPreferencesInput {
  readonly kinds?: ChannelPreferences;
  readonly emailDigest?: DigestFrequency;
}

/** Notification preferences of members. */
@Injectable()
export class NotificationPreferencesService {
  constructor(
    private readonly preferences: NotificationPreferencesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async get(workspaceId: string, userId: string): Promise<NotificationPreferences> {
    const row = await this.preferences.find(workspaceId, userId);
    return { kinds: resolveChannels(row?.kinds ?? {}), emailDigest: row?.email_digest ?? 'immediate' };
  }

  update(
    workspaceId: string,
    userId: string,
    { kinds = {}, emailDigest }: UpdateNotificationPreferencesInput,
  ): Promise<NotificationPreferences> {
    return this.unitOfWork.run(async () => {
      const before = await this.preferences.lock(workspaceId, userId);
      await this.preferences.save(
        workspaceId,
        userId,
        mergeChannelPreferences(before.kinds, kinds),
        emailDigest ?? before.email_digest,
      );
      return this.get(workspaceId, userId);
    });
  }
}

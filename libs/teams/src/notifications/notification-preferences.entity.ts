import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelPreferences, DigestFrequency } from './notification-kinds.js';

/** Notification preferences of a member. */
@Entity({ schema: 'teams', name: 'notification_preferences' })
export class NotificationPreferencesEntity {
  @PrimaryColumn({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'jsonb', default: {} })
  kinds: ChannelPreferences;

  @Column({ type: 'text', name: 'email_digest', default: 'immediate' })
  emailDigest: DigestFrequency;
}

import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { DigestFrequency, ChannelPreferences } from './notification-kinds.js';

/** Stored notification preferences of a user. */
export interface NotificationPreferencesRow {
  readonly [column: string]: unknown;
  readonly kinds: ChannelPreferences;
  readonly email_digest: DigestFrequency;
}

const FIND = statement(
  'teams.find-notification-preferences',
  'select kinds, email_digest from teams.notification_preferences where workspace_id = $1 and user_id = $2',
);
const LOCK = statement(
  'teams.lock-notification-preferences',
  `insert into teams.notification_preferences as p (workspace_id, user_id) values ($1, $2)
     on conflict (workspace_id, user_id) do update set kinds = p.kinds returning p.kinds, p.email_digest`,
);
const SAVE = statement(
  'teams.save-notification-preferences',
  'update teams.notification_preferences set kinds = $3, email_digest = $4 where workspace_id = $1 and user_id = $2',
);

/** Rows of `teams.notification_preferences`. */
@Injectable()
export class NotificationPreferencesRepository {
  constructor(private readonly database: Database) {}

  find(workspaceId: string, userId: string): Promise<NotificationPreferencesRow | null> {
    return this.database.row<NotificationPreferencesRow>(FIND, [workspaceId, userId]);
  }

  /** Returns the stored preferences, locked until the transaction ends. Creates the row if necessary. */
  async lock(workspaceId: string, userId: string): Promise<NotificationPreferencesRow> {
    return (await this.database.row<NotificationPreferencesRow>(LOCK, [workspaceId, userId]))!;
  }

  async save(workspaceId: string, userId: string, kinds: ChannelPreferences, digest: DigestFrequency): Promise<void> {
    await this.database.execute(SAVE, [workspaceId, userId, JSON.stringify(kinds), digest]);
  }
}

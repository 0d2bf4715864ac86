import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { effectiveAvailability } from './effective-availability.js';

/** Member and the time of their last activity. */
export interface SeenMember {
  readonly workspaceId: string;
  readonly userId: string;
  readonly seenAt: Date;
}

/** Effective availability of a member before and after a change. */
export interface AvailabilityChangeRow {
  readonly [column: string]: unknown;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly before: string;
  readonly after: string;
}

const CHANGE_COLUMNS = `m.workspace_id, m.user_id, ${effectiveAvailability('b')} as before,
   ${effectiveAvailability('m')} as after`;

// Rows are locked as they are read, so that only one of several processes sees each change.
const RECORD_SEEN = statement(
  'teams.record-seen-members',
  `update teams.memberships m set last_seen_at = greatest(m.last_seen_at, b.at), present = true
   from (select o.*, u.at from teams.memberships o
     join unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as u (workspace_id, user_id, at)
       on o.workspace_id = u.workspace_id and o.user_id = u.user_id
     where o.status = 'active' and (not o.present or o.last_seen_at < u.at - interval '1 minute')
       order by o.workspace_id, o.user_id for update of o) b
   where m.workspace_id = b.workspace_id and m.user_id = b.user_id returning ${CHANGE_COLUMNS}`,
);
const MARK_AWAY = statement(
  'teams.mark-members-away',
  `update teams.memberships m set present = false
   from (select o.* from teams.memberships o where o.present and o.last_seen_at < $1
     order by o.workspace_id, o.user_id for update) b
   where m.workspace_id = b.workspace_id and m.user_id = b.user_id returning ${CHANGE_COLUMNS}`,
);
const SET_AVAILABILITY = statement(
  'teams.set-availability',
  `update teams.memberships m set availability = coalesce($3, m.availability),
     auto_offline = coalesce($4, m.auto_offline), updated_at = now(),
     present = m.present or $5::boolean, last_seen_at = case when $5::boolean then now() else m.last_seen_at end
   from (select o.* from teams.memberships o where o.workspace_id = $1 and o.user_id = $2 for update) b
   where m.workspace_id = $1 and m.user_id = $2 returning ${CHANGE_COLUMNS}`,
);

/** Presence and availability columns of `teams.memberships`. */
@Injectable()
export class PresenceRepository {
  constructor(private readonly database: Database) {}

  /** Records activity, at most once a minute per member. Returns the members that were updated. */
  recordSeen(members: readonly SeenMember[]): Promise<AvailabilityChangeRow[]> {
    return this.database.rows<AvailabilityChangeRow>(RECORD_SEEN, [
      members.map(({ workspaceId }) => workspaceId),
      members.map(({ userId }) => userId),
      members.map(({ seenAt }) => seenAt),
    ]);
  }

  /** Marks members as away who were last seen before `since`, and returns them. */
  markAway(since: Date): Promise<AvailabilityChangeRow[]> {
    return this.database.rows<AvailabilityChangeRow>(MARK_AWAY, [since]);
  }

  /** Sets the availability of a member. A null field keeps its value. Returns null if there is no such member. */
  setAvailability(
    workspaceId: string,
    userId: string,
    availability: string | null,
    autoOffline: boolean | null,
    isPresent: boolean,
  ): Promise<AvailabilityChangeRow | null> {
    return this.database.row<AvailabilityChangeRow>(SET_AVAILABILITY, [
      workspaceId,
      userId,
      availability,
      autoOffline,
      isPresent,
    ]);
  }
}

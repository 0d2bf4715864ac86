import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { composedStatement, Database } from '@parley/kernel/database';
import { compileFilter, type ValidFilter } from '@parley/kernel/filter';
import { CONTACT_FIELDS } from '../contacts/contact-filter-fields.js';
import { LIVE_CONTACT } from '../contacts/contact-row.js';

/** A segment with its parsed filter. */
export interface SegmentCriteria {
  readonly id: string;
  readonly filter: ValidFilter;
}

/** A contact that entered or left a segment. */
export interface SegmentMemberChange {
  readonly change: 'entered' | 'left';
  readonly segmentId: string;
  readonly contactId: string;
}

@Injectable()
export class SegmentMembersRepository {
  constructor(private readonly database: Database) {}

  /** Updates the membership of contacts in segments with one statement. Returns the changes. */
  update(
    workspaceId: string,
    segments: readonly SegmentCriteria[],
    contactIds: readonly string[],
    now: Date,
  ): Promise<SegmentMemberChange[]> {
    const values: unknown[] = [workspaceId, contactIds, now.toISOString(), segments.map(({ id }) => id)];
    const matchQueries = segments.map(
      ({ filter }, index) =>
        `select ($4::uuid[])[${index + 1}] as segment_id, c.id as contact_id from identity.contacts c
          where ${LIVE_CONTACT} and c.id = any($2) and ${compileFilter(filter, CONTACT_FIELDS, values, { now })}`,
    );
    const text = `with matches as materialized (${matchQueries.join(' union all ')}), entered as (
        insert into identity.segment_members (segment_id, contact_id, workspace_id, entered_at)
          select m.segment_id, m.contact_id, $1, $3 from matches m
        on conflict do nothing returning segment_id, contact_id
      ), removed as (
        delete from identity.segment_members m where m.workspace_id = $1 and m.contact_id = any($2)
          and m.segment_id = any($4)
          and not exists (select 1 from matches n where n.segment_id = m.segment_id and n.contact_id = m.contact_id)
            returning m.segment_id, m.contact_id
      ) select 'entered' as change, segment_id as "segmentId", contact_id as "contactId" from entered union all
        select 'left', segment_id, contact_id from removed order by 1, 2, 3`;
    return withSystemScope(() =>
      this.database.rows<SegmentMemberChange & Record<string, unknown>>(
        composedStatement('identity.update-segment-members', text),
        values,
      ),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { composedStatement, Database } from '@parley/kernel/database';
import { compileFilter, type ValidFilter } from '@parley/kernel/filter';
import { CONTACT_FIELDS } from '../contacts/contact-filter-fields.js';
import { LIVE_CONTACT } from '../contacts/contact-row.js';

/** A segment as its members are looked for. */
export interface SegmentCriteria {
  readonly id: string;
  readonly filter: ValidFilter;
}

/** Who came to a segment, or went. */
export interface SegmentMemberChange {
  readonly what: 'entered' | 'left';
  readonly segmentId: string;
  readonly contactId: string;
}

/** Rows of `identity.segment_members`. */
@Injectable()
export class SegmentMembersRepository {
  constructor(private readonly database: Database) {}

  /** Brings up to date which of these contacts are in which of these segments: one statement. Gives what changed. */
  update(
    workspaceId: string,
    segments: readonly SegmentCriteria[],
    contactIds: readonly string[],
    now: Date,
  ): Promise<SegmentMemberChange[]> {
    const values: unknown[] = [workspaceId, contactIds, now.toISOString(), segments.map(({ id }) => id)];
    const matchQueries = segments.map(
      ({ filter }, index) =>
        `select ($4::uuid[])[${index + 1}] as segment_id, c.id as contact_id from identity.contacts c where ${LIVE_CONTACT} and c.id = any($2) and ${compileFilter(filter, CONTACT_FIELDS, values, { now })}`,
    );
    const text = `with wanted as materialized (${matchQueries.join(' union all ')}), entered as (
        insert into identity.segment_members (segment_id, contact_id, workspace_id, entered_at) select w.segment_id, w.contact_id, $1, $3 from wanted w
        on conflict do nothing returning segment_id, contact_id
      ), gone as (
        delete from identity.segment_members m where m.workspace_id = $1 and m.contact_id = any($2) and m.segment_id = any($4)
          and not exists (select 1 from wanted w where w.segment_id = m.segment_id and w.contact_id = m.contact_id) returning m.segment_id, m.contact_id
      ) select 'entered' as what, segment_id as "segmentId", contact_id as "contactId" from entered union all select 'left', segment_id, contact_id from gone order by 1, 2, 3`;
    return withSystemScope(() =>
      this.database.rows<SegmentMemberChange & Record<string, unknown>>(
        composedStatement('identity.keep-segments', text),
        values,
      ),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { escapeLike } from '../database/like.js';
import { statement } from '../database/statement.js';

/** An event that has to do with a contact. */
export interface ContactEventRef {
  readonly id: string;
  readonly position: number;
  readonly conversationId: string | null;
}

// Those that have to do with the contact, all others about their conversations, and merges and their undoing that are told of under whom they had been merged into.
const CONTACT_EVENT_POSITIONS = `select e.position from kernel.events e where e.workspace_id = $1 and e.contact_id = $2
     union select e.position from kernel.events e where e.workspace_id = $1 and e.subject_type = 'conversation'
       and e.subject_id in (select b.subject_id from kernel.events b where b.workspace_id = $1 and b.contact_id = $2 and b.type = 'conversation.created')
     union select e.position from kernel.events e where e.workspace_id = $1 and e.type in ('contact.merged', 'contact.unmerged') and e.data -> 'contact_ids' ? $2::uuid::text`;

const LIST_CONTACT_EVENT_REFS = statement(
  'kernel.traces-of-contact',
  `select e.id, e.position, case when e.subject_type = 'conversation' then e.subject_id when jsonb_typeof(e.data -> 'conversation_id') = 'string' then (e.data ->> 'conversation_id')::uuid end as "conversationId"
   from kernel.events e where e.position in (${CONTACT_EVENT_POSITIONS}) and e.position > $3 order by e.position limit $4`,
);
const REDACT = statement(
  'kernel.redact-events-of-contact',
  `update kernel.events k set data = kernel.redacted(k.data, k.subject_type = 'contact') where k.position in (${CONTACT_EVENT_POSITIONS})`,
);
// A repeated call is still not carried out again; it is told what became of what the first one made.
const ERASE_STORED_RESPONSES = statement(
  'kernel.forget-answers-about-contact',
  `update kernel.idempotency_keys set status = 422, headers = '{"content-type": "application/json; charset=utf-8"}',
     body = '{"error":{"code":"UNPROCESSABLE","message":"What this call was about has been erased","details":{},"request_id":""}}'
   where workspace_id = $1 and body like any($2)`,
);
const ERASE_DEAD_LETTERS = statement(
  'kernel.forget-errors-about-contact',
  `update kernel.dead_letters set error = 'erased' where workspace_id = $1
     and (payload::text like any($3) or event_position in (${CONTACT_EVENT_POSITIONS}))`,
);

/** Takes out of the kernel's tables what tells who a contact was. */
@Injectable()
export class LogErasureRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` events that have to do with a contact after a place in the log. */
  listContactEventRefs(
    workspaceId: string,
    contactId: string,
    after: number,
    limit: number,
  ): Promise<ContactEventRef[]> {
    return this.database.rows<ContactEventRef & Record<string, unknown>>(LIST_CONTACT_EVENT_REFS, [
      workspaceId,
      contactId,
      after,
      limit,
    ]);
  }

  /** @param searchTerms texts of which each gives an answer away that tells of the contact, such as their id and e-mails. */
  async redact(workspaceId: string, contactId: string, searchTerms: readonly string[]): Promise<void> {
    const patterns = searchTerms.map((term) => `%${escapeLike(JSON.stringify(term).slice(1, -1))}%`);
    await this.database.execute(REDACT, [workspaceId, contactId]);
    await this.database.execute(ERASE_STORED_RESPONSES, [workspaceId, patterns]);
    await this.database.execute(ERASE_DEAD_LETTERS, [workspaceId, contactId, patterns]);
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { escapeLike } from '../database/like.js';
import { statement } from '../database/statement.js';

/** An event that is related to a contact. */
export interface ContactEventRef {
  readonly id: string;
  readonly position: number;
  readonly conversationId: string | null;
}

// Events related to the contact, all events of the contact's conversations, and merges (and their undoing) in which the
// contact was merged into another.
const CONTACT_EVENT_POSITIONS = `select e.position from kernel.events e where e.workspace_id = $1 and e.contact_id = $2
     union select e.position from kernel.events e where e.workspace_id = $1 and e.subject_type = 'conversation'
       and e.subject_id in (
         select b.subject_id from kernel.events b
         where b.workspace_id = $1 and b.contact_id = $2 and b.type = 'conversation.created')
     union select e.position from kernel.events e where e.workspace_id = $1
       and e.type in ('contact.merged', 'contact.unmerged') and e.data -> 'contact_ids' ? $2::uuid::text`;

const LIST_CONTACT_EVENT_REFS = statement(
  'kernel.list-contact-event-refs',
  `select e.id, e.position,
     case when e.subject_type = 'conversation' then e.subject_id
       when jsonb_typeof(e.data -> 'conversation_id') = 'string' then (e.data ->> 'conversation_id')::uuid
     end as "conversationId"
   from kernel.events e where e.position in (${CONTACT_EVENT_POSITIONS}) and e.position > $3
   order by e.position limit $4`,
);
const REDACT = statement(
  'kernel.redact-contact-events',
  `update kernel.events k set data = kernel.redacted(k.data, k.subject_type = 'contact')
   where k.position in (${CONTACT_EVENT_POSITIONS})`,
);
const ERASED_RESPONSE = JSON.stringify({
  error: { code: 'UNPROCESSABLE', message: 'The data of this request was erased', details: {}, request_id: '' },
});

// A repeated request is still not executed again. Its response states that its data was erased.
const ERASE_STORED_RESPONSES = statement(
  'kernel.erase-stored-responses',
  `update kernel.idempotency_keys set status = 422,
     headers = '{"content-type": "application/json; charset=utf-8"}',
     body = '${ERASED_RESPONSE}'
   where workspace_id = $1 and body like any($2)`,
);
const ERASE_DEAD_LETTERS = statement(
  'kernel.erase-contact-dead-letters',
  `update kernel.dead_letters set error = 'erased' where workspace_id = $1
     and (payload::text like any($3) or event_position in (${CONTACT_EVENT_POSITIONS}))`,
);

/** Erases personal data of a contact from the tables of the kernel. */
@Injectable()
export class LogErasureRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` events related to a contact, after a position in the log. */
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

  /**
   * @param searchTerms texts that identify the contact, such as the ID and e-mail addresses. Stored responses and
   * errors with any of them are erased.
   */
  async redact(workspaceId: string, contactId: string, searchTerms: readonly string[]): Promise<void> {
    const patterns = searchTerms.map((term) => `%${escapeLike(JSON.stringify(term).slice(1, -1))}%`);
    await this.database.execute(REDACT, [workspaceId, contactId]);
    await this.database.execute(ERASE_STORED_RESPONSES, [workspaceId, patterns]);
    await this.database.execute(ERASE_DEAD_LETTERS, [workspaceId, contactId, patterns]);
  }
}

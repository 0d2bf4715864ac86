import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { escapeLike } from '../database/like.js';
import { composedStatement, statement, type Statement } from '../database/statement.js';
import { contactEventPositionsSql, contactSubjectIdSql, redactedSql } from '../erasure/event-privacy.js';

/** An event that is related to a contact. */
export interface ContactEventRef {
  readonly id: string;
  readonly position: number;
  /** ID of the conversation, or of another subject of the contact, that the event is about or refers to. */
  readonly subjectId: string | null;
}

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

// Composed when they are used, because the domains declare their events while they are loaded.
const listContactEventRefs = (): Statement =>
  composedStatement(
    'kernel',
    `select e.id, e.position, ${contactSubjectIdSql()} as "subjectId"
     from kernel.events e where e.position in (${contactEventPositionsSql()}) and e.position > $3
     order by e.position limit $4`,
  );
const redactEvents = (): Statement =>
  composedStatement(
    'kernel',
    `update kernel.events k set data = ${redactedSql('k.data', 'k.subject_type')}
     where k.position in (${contactEventPositionsSql()})`,
  );
const eraseDeadLetters = (): Statement =>
  composedStatement(
    'kernel',
    `update kernel.dead_letters set error = 'erased' where workspace_id = $1
       and (payload::text like any($3) or event_position in (${contactEventPositionsSql()}))`,
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
    return this.database.rows<ContactEventRef & Record<string, unknown>>(listContactEventRefs(), [
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
    await this.database.execute(redactEvents(), [workspaceId, contactId]);
    await this.database.execute(ERASE_STORED_RESPONSES, [workspaceId, patterns]);
    await this.database.execute(eraseDeadLetters(), [workspaceId, contactId, patterns]);
  }
}

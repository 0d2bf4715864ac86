import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const CONTACT_CONVERSATION_IDS =
  'select c.id from messaging.conversations c where c.workspace_id = $1 and c.contact_id = $2';
// All messages in the contact's conversations and the messages that merges moved out of them. Messages that other
// contacts wrote in the contact's conversations are kept.
const CONTACT_MESSAGE_IDS = `select m.id from messaging.messages m
  where m.workspace_id = $1 and m.conversation_id in (${CONTACT_CONVERSATION_IDS})
  and not (m.author_type = 'contact' and m.author_id is distinct from $2)
     union select unnest(merge.message_ids) from messaging.merges merge
       where merge.workspace_id = $1 and merge.undone_at is null and merge.source_id in (${CONTACT_CONVERSATION_IDS})`;

const ERASE_FILES = statement(
  'messaging.erase-files-of-contact',
  `with sent as (
     select distinct (a ->> 'id')::uuid as id from messaging.messages m, jsonb_array_elements(m.attachments) a
     where m.workspace_id = $1 and m.id in (${CONTACT_MESSAGE_IDS}) and m.author_type = 'contact'
       and jsonb_typeof(a -> 'id') = 'string'
   )
   update messaging.files f set name = '', deleted_at = coalesce(f.deleted_at, $3) from sent
     where f.workspace_id = $1 and f.id = sent.id returning f.storage_key as key`,
);
const ERASE_MESSAGES = statement(
  'messaging.erase-messages-of-contact',
  `update messaging.messages m set body = '', body_html = null, author_name = case
    when m.author_type = 'contact' then null else m.author_name end, attachments = '[]', content_attributes = '{}',
     status_error = null, external_id = null, updated_at = $3, deleted_at = coalesce(m.deleted_at, $3),
       version = m.version + 1
   where m.workspace_id = $1 and m.id in (${CONTACT_MESSAGE_IDS})`,
);
const ERASE_CONVERSATIONS = statement(
  'messaging.erase-conversations-of-contact',
  `update messaging.conversations c set subject = null, custom_fields = '{}', metadata = '{}', source = '{}',
    external_id = null, updated_at = $3, version = c.version + 1,
     last_message = c.last_message || '{"body": "", "author_name": null}'
       where c.workspace_id = $1 and c.contact_id = $2`,
);
const ERASE_LAST_MESSAGES = statement(
  'messaging.erase-last-messages-of-contact',
  `update messaging.conversations c set last_message = c.last_message || '{"body": "", "author_name": null}'
    from messaging.merges g
   where g.workspace_id = $1 and g.undone_at is null and g.source_id in (${CONTACT_CONVERSATION_IDS})
     and c.id = g.target_id and (c.last_message ->> 'id')::uuid = any(g.message_ids)`,
);
const ERASE_SCHEDULED_MESSAGES = statement(
  'messaging.erase-scheduled-messages-to-contact',
  `with deleted as (delete from messaging.scheduled_messages s
    where s.workspace_id = $1 and s.conversation_id in (${CONTACT_CONVERSATION_IDS})
    and s.status in ('draft', 'pending'))
   update messaging.scheduled_messages s set body = '', error = null
     where s.workspace_id = $1 and s.conversation_id in (${CONTACT_CONVERSATION_IDS})
     and s.status not in ('draft', 'pending')`,
);
const ERASE_BULK_CHANGES = statement(
  'messaging.erase-bulk-change-records-of-contact',
  `delete from messaging.bulk_change_records r
     where r.workspace_id = $1 and r.object_id in (${CONTACT_CONVERSATION_IDS})`,
);

/** Erases the messages of contacts. */
@Injectable()
export class ContactMessagesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Removes the text, attachments and identifying data from the contact's conversations, and deletes messages that are
   * scheduled for the contact and the recorded changes of bulk updates.
   * @returns storage keys of the files that the contact sent.
   */
  async erase(workspaceId: string, contactId: string, now: string): Promise<string[]> {
    const files = await this.database.rows<{ key: string }>(ERASE_FILES, [workspaceId, contactId, now]);
    await this.database.execute(ERASE_LAST_MESSAGES, [workspaceId, contactId]);
    await this.database.execute(ERASE_MESSAGES, [workspaceId, contactId, now]);
    await this.database.execute(ERASE_CONVERSATIONS, [workspaceId, contactId, now]);
    await this.database.execute(ERASE_SCHEDULED_MESSAGES, [workspaceId, contactId]);
    await this.database.execute(ERASE_BULK_CHANGES, [workspaceId, contactId]);
    return files.map(({ key }) => key);
  }
}

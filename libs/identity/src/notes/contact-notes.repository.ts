import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import type { Actor } from '@parley/kernel';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { ContactNoteEntity } from './contact-note.entity.js';
import type { ContactNotesFilter, ContactNoteView } from './contact-note.view.js';

const FIELDS = ['id', 'contactId', 'author', 'body', 'createdAt', 'updatedAt'] as const;

type ContactNoteRow = Pick<ContactNoteEntity, (typeof FIELDS)[number]> & Pick<ContactNoteView, 'authorName'>;

const COLUMNS = `${columnsOf(ContactNoteEntity, 'n', FIELDS)}, (select u.name from teams.user_cards u
  where n.author ->> 'kind' = 'user' and u.id = (n.author ->> 'id')::uuid) as "authorName"`;
const FIND = statement(
  'identity.find-contact-note',
  `select ${COLUMNS} from identity.contact_notes n where n.workspace_id = $1 and n.contact_id = $2 and n.id = $3`,
);
const LOCK = statement(
  'identity.lock-contact-note',
  `select ${COLUMNS} from identity.contact_notes n where n.workspace_id = $1 and n.contact_id = $2
    and n.id = $3 for update of n`,
);
const REASSIGN = statement(
  'identity.reassign-contact-notes',
  `with previous as (select n.id, n.contact_id from identity.contact_notes n
    where n.workspace_id = $1 and n.contact_id = any($2) for update), moved as (
     update identity.contact_notes n set contact_id = $3 from previous where n.id = previous.id
   ) select coalesce(jsonb_object_agg(id, contact_id), '{}') as notes from previous`,
);
const RESTORE = statement(
  'identity.restore-contact-notes',
  `update identity.contact_notes n set contact_id = r.contact_id::uuid
    from jsonb_each_text($3::jsonb) r (id, contact_id) where n.workspace_id = $1 and n.id = r.id::uuid
    and n.contact_id = $2`,
);
const LIST_ALL = statement(
  'identity.list-all-contact-notes',
  `select ${COLUMNS} from identity.contact_notes n where n.workspace_id = $1 and n.contact_id = $2
    order by n.created_at, n.id`,
);

function toView(row: ContactNoteRow): ContactNoteView {
  return pick(row, [...FIELDS, 'authorName']);
}

@Injectable()
export class ContactNotesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  list(
    workspaceId: string,
    contactId: string,
    filter: ContactNotesFilter,
    request: PageRequest,
  ): Promise<Page<ContactNoteView>> {
    const values: unknown[] = [workspaceId, contactId];
    const bind = createBinder(values);
    const where = ['n.workspace_id = $1', 'n.contact_id = $2', ...timeConditions(filter, 'n', bind)];
    if (filter.q) where.push(`lower(n.body) like '%' || lower(${bind(escapeLike(filter.q))}) || '%'`);
    return this.lists.read<ContactNoteRow, ContactNoteView>(
      {
        domain: 'identity.list-contact-notes',
        select: COLUMNS,
        from: 'identity.contact_notes n',
        where,
        values,
        request,
        order: [
          { sql: 'n.created_at', type: 'timestamptz' },
          { sql: 'n.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  async find(workspaceId: string, contactId: string, id: string): Promise<ContactNoteView | null> {
    const row = await this.database.row<ContactNoteRow>(FIND, [workspaceId, contactId, id]);
    return row && toView(row);
  }

  /** The note, locked until the transaction ends. */
  async lock(workspaceId: string, contactId: string, id: string): Promise<ContactNoteView | null> {
    const row = await this.database.row<ContactNoteRow>(LOCK, [workspaceId, contactId, id]);
    return row && toView(row);
  }

  async add(
    workspaceId: string,
    id: string,
    contactId: string,
    author: Actor,
    body: string,
    now: string,
  ): Promise<void> {
    await this.database
      .repository(ContactNoteEntity)
      .insert({ workspaceId, id, contactId, author, body, createdAt: now, updatedAt: now });
  }

  async update(workspaceId: string, id: string, body: string, now: string): Promise<void> {
    await this.database.repository(ContactNoteEntity).update({ workspaceId, id }, { body, updatedAt: now });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(ContactNoteEntity).delete({ workspaceId, id });
  }

  /** All notes of a contact, oldest first. */
  async listAll(workspaceId: string, contactId: string): Promise<ContactNoteView[]> {
    return (await this.database.rows<ContactNoteRow>(LIST_ALL, [workspaceId, contactId])).map(toView);
  }

  async deleteAll(workspaceId: string, contactId: string): Promise<void> {
    await this.database.repository(ContactNoteEntity).delete({ workspaceId, contactId });
  }

  /** Moves the notes of some contacts to another contact. Returns the previous contact ID of each note. */
  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<Record<string, string>> {
    return (await this.database.row<{ notes: Record<string, string> }>(REASSIGN, [workspaceId, fromIds, toId]))!.notes;
  }

  /** Reverts {@link reassign} for notes that still belong to the contact. */
  async restore(workspaceId: string, fromId: string, notes: Readonly<Record<string, string>>): Promise<void> {
    await this.database.execute(RESTORE, [workspaceId, fromId, JSON.stringify(notes)]);
  }
}

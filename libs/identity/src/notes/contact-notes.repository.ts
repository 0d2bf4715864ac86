import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { ContactNotesFilter, ContactNoteView } from './contact-note.view.js';

interface ContactNoteRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly contact_id: string;
  readonly author: Actor;
  readonly author_name: string | null;
  readonly body: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `n.id, n.contact_id, n.author, (select u.name from teams.user_cards u
  where n.author ->> 'kind' = 'user' and u.id = (n.author ->> 'id')::uuid) as author_name, n.body, n.created_at,
  n.updated_at`;
const FIND = statement(
  'identity.find-contact-note',
  `select ${COLUMNS} from identity.contact_notes n where n.workspace_id = $1 and n.contact_id = $2 and n.id = $3`,
);
const LOCK = statement(
  'identity.lock-contact-note',
  `select ${COLUMNS} from identity.contact_notes n where n.workspace_id = $1 and n.contact_id = $2
    and n.id = $3 for update of n`,
);
const ADD = statement(
  'identity.add-contact-note',
  `insert into identity.contact_notes (id, workspace_id, contact_id, author, body, created_at, updated_at)
    values ($2, $1, $3, $4, $5, $6, $6)`,
);
const UPDATE = statement(
  'identity.update-contact-note',
  'update identity.contact_notes set body = $3, updated_at = $4 where workspace_id = $1 and id = $2',
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
const DELETE_ALL = statement(
  'identity.delete-all-contact-notes',
  'delete from identity.contact_notes where workspace_id = $1 and contact_id = $2',
);
const DELETE = statement(
  'identity.delete-contact-note',
  'delete from identity.contact_notes where workspace_id = $1 and id = $2',
);

function toView(row: ContactNoteRow): ContactNoteView {
  return {
    id: row.id,
    contactId: row.contact_id,
    author: row.author,
    authorName: row.author_name,
    body: row.body,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
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
    await this.database.execute(ADD, [workspaceId, id, contactId, JSON.stringify(author), body, now]);
  }

  async update(workspaceId: string, id: string, body: string, now: string): Promise<void> {
    await this.database.execute(UPDATE, [workspaceId, id, body, now]);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  /** All notes of a contact, oldest first. */
  async listAll(workspaceId: string, contactId: string): Promise<ContactNoteView[]> {
    return (await this.database.rows<ContactNoteRow>(LIST_ALL, [workspaceId, contactId])).map(toView);
  }

  async deleteAll(workspaceId: string, contactId: string): Promise<void> {
    await this.database.execute(DELETE_ALL, [workspaceId, contactId]);
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

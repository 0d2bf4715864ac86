import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { ContactIdentityView } from './contact-identity.view.js';

interface ContactIdentityRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly contact_id: string;
  readonly inbox_id: string;
  readonly inbox_name: string | null;
  readonly source_id: string;
  readonly created_at: string;
}

const COLUMNS = `i.id, i.contact_id, i.inbox_id, (select b.name from teams.inbox_cards b
    where b.id = i.inbox_id) as inbox_name, i.source_id, i.created_at`;
const ADD = statement(
  'identity.add-contact-identity',
  `insert into identity.contact_identities as i (id, workspace_id, contact_id, inbox_id, source_id, created_at)
    values ($2, $1, $3, $4, $5, $6) on conflict do nothing returning ${COLUMNS}`,
);
const DELETE = statement(
  'identity.delete-contact-identity',
  `delete from identity.contact_identities i where i.workspace_id = $1 and i.contact_id = $2 and i.id = $3
    returning ${COLUMNS}`,
);
const DELETE_BY_INBOX = statement(
  'identity.delete-identities-of-inbox',
  'delete from identity.contact_identities where workspace_id = $1 and inbox_id = $2',
);
const DELETE_BY_CONTACT = statement(
  'identity.delete-identities-of-contact',
  'delete from identity.contact_identities where workspace_id = $1 and contact_id = $2',
);
const FIND_CONTACT_ID = statement(
  'identity.find-contact-id-by-source',
  `select i.contact_id as id from identity.contact_identities i join identity.contacts c on c.id = i.contact_id
    and c.deleted_at is null
   where i.workspace_id = $1 and i.inbox_id = $2 and i.source_id = $3`,
);
const LIST_ALL = statement(
  'identity.list-all-contact-identities',
  `select ${COLUMNS} from identity.contact_identities i where i.workspace_id = $1 and i.contact_id = $2
    order by i.created_at, i.id`,
);
const REASSIGN = statement(
  'identity.reassign-contact-identities',
  `with previous as (select i.id, i.contact_id from identity.contact_identities i
    where i.workspace_id = $1 and i.contact_id = any($2) for update), moved as (
     update identity.contact_identities i set contact_id = $3 from previous where i.id = previous.id
   ) select coalesce(jsonb_object_agg(id, contact_id), '{}') as identities from previous`,
);
const RESTORE = statement(
  'identity.restore-contact-identities',
  `update identity.contact_identities i set contact_id = r.contact_id::uuid
    from jsonb_each_text($3::jsonb) r (id, contact_id) where i.workspace_id = $1 and i.id = r.id::uuid
    and i.contact_id = $2`,
);

function toView(row: ContactIdentityRow): ContactIdentityView {
  return {
    id: row.id,
    contactId: row.contact_id,
    inboxId: row.inbox_id,
    inboxName: row.inbox_name,
    sourceId: row.source_id,
    createdAt: row.created_at,
  };
}

@Injectable()
export class ContactIdentitiesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** The new identity; null if the source ID is already used in the inbox. */
  async add(
    workspaceId: string,
    identity: Omit<ContactIdentityView, 'inboxName'>,
  ): Promise<ContactIdentityView | null> {
    const row = await this.database.row<ContactIdentityRow>(ADD, [
      workspaceId,
      identity.id,
      identity.contactId,
      identity.inboxId,
      identity.sourceId,
      identity.createdAt,
    ]);
    return row && toView(row);
  }

  /** The deleted identity, or null. */
  async delete(workspaceId: string, contactId: string, id: string): Promise<ContactIdentityView | null> {
    const row = await this.database.row<ContactIdentityRow>(DELETE, [workspaceId, contactId, id]);
    return row && toView(row);
  }

  async deleteByInbox(workspaceId: string, inboxId: string): Promise<void> {
    await this.database.execute(DELETE_BY_INBOX, [workspaceId, inboxId]);
  }

  async deleteByContact(workspaceId: string, contactId: string): Promise<void> {
    await this.database.execute(DELETE_BY_CONTACT, [workspaceId, contactId]);
  }

  /** ID of the contact with a source ID in an inbox; null if there is none. */
  async findContactId(workspaceId: string, inboxId: string, sourceId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_CONTACT_ID, [workspaceId, inboxId, sourceId]))?.id ?? null;
  }

  /** All identities of a contact, oldest first. */
  async listAll(workspaceId: string, contactId: string): Promise<ContactIdentityView[]> {
    return (await this.database.rows<ContactIdentityRow>(LIST_ALL, [workspaceId, contactId])).map(toView);
  }

  list(
    workspaceId: string,
    contactId: string,
    range: TimeRange,
    request: PageRequest,
  ): Promise<Page<ContactIdentityView>> {
    const values: unknown[] = [workspaceId, contactId];
    const timeWhere = timeConditions(range, { created: 'i.created_at' }, createBinder(values));
    return this.lists.read<ContactIdentityRow, ContactIdentityView>(
      {
        domain: 'identity.list-contact-identities',
        select: COLUMNS,
        from: 'identity.contact_identities i',
        where: ['i.workspace_id = $1', 'i.contact_id = $2', ...timeWhere],
        values,
        request,
        order: [
          { sql: 'i.created_at', type: 'timestamptz' },
          { sql: 'i.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  /** Moves the identities of some contacts to another contact. Returns the previous contact ID of each identity. */
  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<Record<string, string>> {
    return (await this.database.row<{ identities: Record<string, string> }>(REASSIGN, [workspaceId, fromIds, toId]))!
      .identities;
  }

  /** Reverts {@link reassign} for identities that still belong to the contact. */
  async restore(workspaceId: string, fromId: string, identities: Readonly<Record<string, string>>): Promise<void> {
    await this.database.execute(RESTORE, [workspaceId, fromId, JSON.stringify(identities)]);
  }
}

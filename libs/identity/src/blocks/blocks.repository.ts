import { Injectable } from '@nestjs/common';
import { emailKey } from '@parley/kernel/email';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { BlockEntity } from './block.entity.js';
import type { BlocksFilter, BlockView } from './block.view.js';

const FIELDS = [
  'id',
  'contactId',
  'email',
  'phone',
  'network',
  'reason',
  'createdBy',
  'expiresAt',
  'createdAt',
] as const;

type BlockRow = Pick<BlockEntity, (typeof FIELDS)[number]> & Pick<BlockView, 'contactName'>;

const CONTACT_NAME = '(select c.name from identity.contacts c where c.id = b.contact_id)';
const COLUMNS = `${columnsOf(BlockEntity, 'b', FIELDS)}, ${CONTACT_NAME} as "contactName"`;
const ADD = statement(
  'identity.add-block',
  `insert into identity.blocks as b (id, workspace_id, contact_id, email, phone, network, reason, created_by,
    expires_at, created_at)
   values ($2, $1, $3, $4, $5, $6::cidr, $7, $8, $9, $10) on conflict do nothing returning ${COLUMNS}`,
);
const FIND = statement(
  'identity.find-block',
  `select ${COLUMNS} from identity.blocks b where b.workspace_id = $1 and b.id = $2`,
);
const DELETE = statement(
  'identity.delete-block',
  `delete from identity.blocks b where b.workspace_id = $1 and b.id = $2 returning ${COLUMNS}`,
);
const FIND_BY_CONTACT = statement(
  'identity.find-block-by-contact',
  'select b.id from identity.blocks b where b.workspace_id = $1 and b.contact_id = $2 limit 1',
);
const LIST_AFFECTED_CONTACTS = statement(
  'identity.list-contacts-affected-by-block',
  `select e.contact_id as id from identity.contact_emails e where e.workspace_id = $1 and e.address = $2
   union select p.contact_id from identity.contact_phones p where p.workspace_id = $1 and p.number = $3`,
);
const FIND_BY_ADDRESS = statement(
  'identity.find-block-by-address',
  'select 1 as found from identity.blocks b where b.workspace_id = $1 and b.network >>= $2::inet limit 1',
);
const REASSIGN = statement(
  'identity.reassign-blocks',
  `with previous as (select b.id, b.contact_id from identity.blocks b
    where b.workspace_id = $1 and b.contact_id = any($2) for update), moved as (
     update identity.blocks b set contact_id = $3 from previous where b.id = previous.id
   ) select coalesce(jsonb_object_agg(id, contact_id), '{}') as blocks from previous`,
);
const RESTORE = statement(
  'identity.restore-blocks',
  `update identity.blocks b set contact_id = r.contact_id::uuid from jsonb_each_text($3::jsonb) r (id, contact_id)
    where b.workspace_id = $1 and b.id = r.id::uuid and b.contact_id = $2`,
);

function toView(row: BlockRow): BlockView {
  return pick(row, [...FIELDS, 'contactName']);
}

function conditions(filter: BlocksFilter, bind: (value: unknown) => string): string[] {
  const where = timeConditions(filter, { created: 'b.created_at' }, bind);
  if (filter.contactIds) where.push(`b.contact_id = any(${bind(filter.contactIds)})`);
  if (filter.email) where.push(`b.email = ${bind(emailKey(filter.email))}`);
  if (filter.phone) where.push(`b.phone = ${bind(filter.phone)}`);
  if (filter.network) where.push(`b.network >>= ${bind(filter.network)}::inet`);
  if (filter.q)
    where.push(
      `lower(concat_ws(' ', ${CONTACT_NAME}, b.email, b.phone, b.network,
        b.reason)) like '%' || lower(${bind(escapeLike(filter.q))}) || '%'`,
    );
  return where;
}

@Injectable()
export class BlocksRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** The new block; null if the e-mail, phone number or network is already blocked. */
  async add(workspaceId: string, block: Omit<BlockView, 'contactName'>): Promise<BlockView | null> {
    const { id, contactId, email, phone, network, reason, createdBy, expiresAt, createdAt } = block;
    const row = await this.database.row<BlockRow>(ADD, [
      workspaceId,
      id,
      contactId,
      email === null ? null : emailKey(email),
      phone,
      network,
      reason,
      JSON.stringify(createdBy),
      expiresAt,
      createdAt,
    ]);
    return row && toView(row);
  }

  async find(workspaceId: string, id: string): Promise<BlockView | null> {
    const row = await this.database.row<BlockRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The deleted block, or null. */
  async delete(workspaceId: string, id: string): Promise<BlockView | null> {
    const row = await this.database.row<BlockRow>(DELETE, [workspaceId, id]);
    return row && toView(row);
  }

  async deleteByContact(workspaceId: string, contactId: string): Promise<void> {
    await this.database.repository(BlockEntity).delete({ workspaceId, contactId });
  }

  async isContactBlocked(workspaceId: string, contactId: string): Promise<boolean> {
    return (await this.database.row(FIND_BY_CONTACT, [workspaceId, contactId])) !== null;
  }

  /** IDs of the contacts that a block applies to. */
  async listAffectedContactIds(workspaceId: string, { contactId, email, phone }: BlockView): Promise<string[]> {
    if (contactId !== null) return [contactId];
    return (await this.database.rows<{ id: string }>(LIST_AFFECTED_CONTACTS, [workspaceId, email, phone])).map(
      ({ id }) => id,
    );
  }

  /** True if the IP address is in a blocked network. */
  async isAddressBlocked(workspaceId: string, address: string): Promise<boolean> {
    return (await this.database.row(FIND_BY_ADDRESS, [workspaceId, address])) !== null;
  }

  /** Moves the blocks of some contacts to another contact. Returns the previous contact ID of each block. */
  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<Record<string, string>> {
    return (await this.database.row<{ blocks: Record<string, string> }>(REASSIGN, [workspaceId, fromIds, toId]))!
      .blocks;
  }

  /** Reverts {@link reassign} for blocks that still belong to the contact. */
  async restore(workspaceId: string, fromId: string, blocks: Readonly<Record<string, string>>): Promise<void> {
    await this.database.execute(RESTORE, [workspaceId, fromId, JSON.stringify(blocks)]);
  }

  list(workspaceId: string, filter: BlocksFilter, request: PageRequest): Promise<Page<BlockView>> {
    const values: unknown[] = [workspaceId];
    const where = ['b.workspace_id = $1', ...conditions(filter, createBinder(values))];
    return this.lists.read<BlockRow, BlockView>(
      {
        domain: 'identity.list-blocks',
        select: COLUMNS,
        from: 'identity.blocks b',
        where,
        values,
        request,
        order: [
          { sql: 'b.created_at', type: 'timestamptz' },
          { sql: 'b.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}

import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { emailKey } from '@parley/kernel/email';
import { createBinder, composedStatement, Database, type Bind } from '@parley/kernel/database';
import { compileFilter, type ValidFilter } from '@parley/kernel/filter';
import {
  nameKey,
  anyOfCondition,
  rangeConditions,
  ListReader,
  timeConditions,
  type OrderKey,
  type Page,
  type PageRequest,
} from '@parley/kernel/pagination';
import { CONTACT_FIELDS } from './contact-filter-fields.js';
import { CONTACT_COLUMNS, DELETED_CONTACT, LIVE_CONTACT, toContactView, type ContactRow } from './contact-row.js';
import { matchesAnyPatternSql, toPatterns } from './contact-search.repository.js';
import type { ContactView } from './contact.view.js';
import type { ContactOrder, ContactConditions } from './contacts-filter.js';
import { tagKey, tagNamesSql } from '../tag-names/tag-key.js';

const ORDER_OF: Readonly<Record<ContactOrder, OrderKey>> = {
  created_at: { sql: 'c.created_at', type: 'timestamptz' },
  updated_at: { sql: 'c.updated_at', type: 'timestamptz' },
  last_seen_at: { sql: `coalesce(c.last_seen_at, '-infinity'::timestamptz)`, type: 'timestamptz' },
  name: nameKey(`coalesce(c.name, '')`),
};

function conditions(filter: ContactConditions, bind: Bind): string[] {
  const where: string[] = [];
  if (filter.texts) where.push(matchesAnyPatternSql(bind(toPatterns(filter.texts))));
  if (filter.ids) where.push(`c.id = any(${bind(filter.ids)})`);
  // Addresses of deleted contacts are released and lead to other contacts, so their rows are searched directly.
  if (filter.email && filter.deleted)
    where.push(
      `${bind(emailKey(filter.email))} in (select lower(e collate "C") from unnest(c.email || c.other_emails) e)`,
    );
  if (filter.email && !filter.deleted)
    where.push(
      `c.id = (select e.contact_id from identity.contact_emails e
        where e.workspace_id = $1 and e.address = ${bind(emailKey(filter.email))})`,
    );
  if (filter.phone && filter.deleted) where.push(`${bind(filter.phone)} = any(c.phone || c.other_phones)`);
  if (filter.phone && !filter.deleted)
    where.push(
      `c.id in (select p.contact_id from identity.contact_phones p
        where p.workspace_id = $1 and p.number = ${bind(filter.phone)})`,
    );
  if (filter.identifier) where.push(`c.identifier = ${bind(filter.identifier)}`);
  if (filter.company) where.push(`c.company is not null and lower(c.company) = lower(${bind(filter.company)})`);
  if (filter.companyIds) where.push(anyOfCondition('c.company_id', filter.companyIds, bind));
  if (filter.status) where.push(`c.status = any(${bind(filter.status)})`);
  if (filter.tags) where.push(`c.tags && ${tagNamesSql(bind(filter.tags.map(tagKey)))}`);
  if (filter.blocked !== undefined) where.push(filter.blocked ? 'c.blocked' : 'not c.blocked');
  if (filter.kind === 'anonymous') where.push('c.identifier is null and c.email is null and c.phone is null');
  if (filter.kind === 'identified') where.push('not (c.identifier is null and c.email is null and c.phone is null)');
  return [
    ...where,
    ...rangeConditions('c.last_seen_at', filter.lastSeenAfter, filter.lastSeenBefore, bind),
    ...timeConditions(filter, 'c', bind),
  ];
}

/** Contacts of a bulk update or export: those with the given IDs (if any) that match the filter (if any). */
export interface ContactSelection {
  readonly ids: readonly string[] | null;
  readonly filter: ValidFilter | null;
}

/** Lists contacts, one statement per page. */
@Injectable()
export class ContactListsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** @param segmentFilters contacts must match one of these filters as well; null for no such condition. */
  list(
    workspaceId: string,
    filter: ContactConditions,
    segmentFilters: readonly ValidFilter[] | null,
    now: Date,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    const values: unknown[] = [workspaceId];
    const where = [filter.deleted ? DELETED_CONTACT : LIVE_CONTACT, ...conditions(filter, createBinder(values))];
    if (segmentFilters) {
      const alternatives = segmentFilters.map((item) => compileFilter(item, CONTACT_FIELDS, values, { now }));
      where.push(`(${alternatives.join(' or ') || 'false'})`);
    }
    const read = (): Promise<Page<ContactView>> => this.read(where, values, orderBy, request);
    return filter.tags || filter.texts || segmentFilters ? withSystemScope(read) : read();
  }

  /** Contacts that match a filter. */
  listMatching(
    workspaceId: string,
    filter: ValidFilter,
    now: Date,
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    const values: unknown[] = [workspaceId];
    const where = [LIVE_CONTACT, compileFilter(filter, CONTACT_FIELDS, values, { now })];
    return withSystemScope(() => this.read(where, values, orderBy, request));
  }

  /** IDs of a selection in ascending order: up to `limit` IDs after `after`, of contacts created until `until`. */
  async listIds(
    workspaceId: string,
    selection: ContactSelection,
    after: string | null,
    until: string,
    limit: number,
  ): Promise<string[]> {
    const { where, values } = selectionConditions(workspaceId, selection, until);
    if (after !== null) where.push(`c.id > $${values.push(after)}`);
    const text = `select c.id from identity.contacts c where ${where.join(' and ')}
      order by c.id limit $${values.push(limit)}`;
    const rows = await withSystemScope(() =>
      this.database.rows<{ id: string }>(composedStatement('identity.list-selected-contact-ids', text), values),
    );
    return rows.map(({ id }) => id);
  }

  /** Contacts of a selection in ascending ID order: up to `limit` after `after`, of contacts created until `until`. */
  async listPage(
    workspaceId: string,
    selection: ContactSelection,
    after: string | null,
    until: string,
    limit: number,
  ): Promise<ContactView[]> {
    const { where, values } = selectionConditions(workspaceId, selection, until);
    if (after !== null) where.push(`c.id > $${values.push(after)}`);
    const text = `select ${CONTACT_COLUMNS} from identity.contacts c where ${where.join(' and ')}
      order by c.id limit $${values.push(limit)}`;
    return withSystemScope(() =>
      this.database.rows<ContactRow>(composedStatement('identity.list-selected-contacts', text), values),
    );
  }

  /** Number of contacts of a selection. */
  async count(workspaceId: string, selection: ContactSelection, until: string): Promise<number> {
    const { where, values } = selectionConditions(workspaceId, selection, until);
    const text = `select count(*)::int as n from identity.contacts c where ${where.join(' and ')}`;
    return (await withSystemScope(() =>
      this.database.row<{ n: number }>(composedStatement('identity.count-selected-contacts', text), values),
    ))!.n;
  }

  private read(
    where: readonly string[],
    values: readonly unknown[],
    orderBy: ContactOrder,
    request: PageRequest,
  ): Promise<Page<ContactView>> {
    return this.lists.read<ContactRow, ContactView>(
      {
        domain: 'identity.list-contacts',
        select: CONTACT_COLUMNS,
        from: 'identity.contacts c',
        where,
        values,
        request,
        order: [ORDER_OF[orderBy], { sql: 'c.id', type: 'uuid' }],
      },
      toContactView,
    );
  }
}

function selectionConditions(
  workspaceId: string,
  { ids, filter }: ContactSelection,
  until: string,
): { where: string[]; values: unknown[] } {
  const values: unknown[] = [workspaceId, until];
  const where = [LIVE_CONTACT, 'c.created_at <= $2'];
  if (ids) where.push(`c.id = any($${values.push(ids)})`);
  if (filter) where.push(compileFilter(filter, CONTACT_FIELDS, values, { now: new Date(until) }));
  return { where, values };
}

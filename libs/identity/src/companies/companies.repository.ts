import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { normalizeDomain } from '@parley/kernel/email';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import {
  nameKey,
  ListReader,
  timeConditions,
  type OrderKey,
  type Page,
  type PageRequest,
} from '@parley/kernel/pagination';
import type { ObjectLiteral } from 'typeorm';
import { pick } from 'es-toolkit';
import { CompanyEntity } from './company.entity.js';
import type { CompaniesFilter, CompanyInput, CompanyOrder, CompanyView } from './company.view.js';
import { tagKey, tagNamesSql } from '../tag-names/tag-key.js';

const FIELDS = ['id', 'name', 'domains', 'customFields', 'tags', 'version', 'createdAt', 'updatedAt'] as const;

type CompanyRow = Pick<CompanyEntity, (typeof FIELDS)[number]> & Pick<CompanyView, 'contactsCount'>;

const COLUMNS = `${columnsOf(CompanyEntity, 'k', FIELDS)},
  (select count(*)::int from identity.contacts m
    where m.company_id = k.id and m.deleted_at is null) as "contactsCount"`;
const FIND = statement(
  'identity.find-company',
  `select ${COLUMNS} from identity.companies k where k.workspace_id = $1 and k.id = $2`,
);
const LOCK = statement(
  'identity.lock-company',
  `select ${COLUMNS} from identity.companies k where k.workspace_id = $1 and k.id = $2 for update of k`,
);
const FIND_NAME = statement(
  'identity.find-company-name',
  'select k.name from identity.companies k where k.workspace_id = $1 and k.id = $2',
);
const FIND_BY_DOMAINS = statement(
  'identity.find-companies-by-domains',
  `select d.domain, k.id as "companyId", k.name as company from identity.company_domains d
    join identity.companies k on k.id = d.company_id where d.workspace_id = $1 and d.domain = any($2)`,
);
const FIND_BY_NAMES = statement(
  'identity.find-companies-by-names',
  `select v.name as key, k.id from unnest($2::text[]) v (name) cross join lateral (select k.id from identity.companies k
     where k.workspace_id = $1 and lower(k.name) = lower(v.name) order by k.created_at, k.id limit 1) k`,
);
const LOCK_NAMES = statement(
  'identity.lock-company-names',
  `select pg_advisory_xact_lock(hashtextextended('parley.company-names:' || $1, 0))`,
);
const REPLACE_DOMAINS = statement(
  'identity.replace-company-domains',
  `with removed as (delete from identity.company_domains d where d.workspace_id = $1 and d.company_id = $2
    and not d.domain = any($3))
   insert into identity.company_domains (workspace_id, domain, company_id) select $1, i.domain, $2
     from unnest($3::text[]) i (domain)
   where not exists (select 1 from identity.company_domains d where d.workspace_id = $1 and d.company_id = $2
     and d.domain = i.domain)`,
);
const RENAME = statement(
  'identity.rename-contacts-company',
  `update identity.contacts c set company = k.name from identity.companies k
   where k.workspace_id = $1 and k.id = $2 and c.workspace_id = $1 and c.company_id = k.id and c.company is distinct
     from k.name`,
);

const ORDER_OF: Readonly<Record<CompanyOrder, OrderKey>> = {
  created_at: { sql: 'k.created_at', type: 'timestamptz' },
  updated_at: { sql: 'k.updated_at', type: 'timestamptz' },
  name: nameKey('k.name'),
};

function toView(row: CompanyRow): CompanyView {
  return pick(row, [...FIELDS, 'contactsCount']);
}

/** TypeORM has no type for JSON with any content. */
function toColumns({ name, domains, customFields, tags }: Required<CompanyInput>) {
  return { name, domains, customFields: customFields as ObjectLiteral, tags };
}

/** Companies and their e-mail domains. */
@Injectable()
export class CompaniesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<CompanyView | null> {
    const row = await this.database.row<CompanyRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The company, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<CompanyView | null> {
    const row = await this.database.row<CompanyRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  async findName(workspaceId: string, id: string): Promise<string | null> {
    return (await this.database.row<{ name: string }>(FIND_NAME, [workspaceId, id]))?.name ?? null;
  }

  /** IDs of companies by their names in lower case. Of several companies with one name, the oldest one. */
  async findIdsByNames(workspaceId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.rows<{ key: string; id: string }>(FIND_BY_NAMES, [workspaceId, names]);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  /** Waits for other transactions that create companies by their names, until this one ends. */
  async lockNames(workspaceId: string): Promise<void> {
    await this.database.execute(LOCK_NAMES, [workspaceId]);
  }

  /** Companies by their e-mail domains. */
  async findByDomains(
    workspaceId: string,
    domains: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly company: string; readonly companyId: string }>> {
    const rows = await this.database.rows<{ domain: string; company: string; companyId: string }>(FIND_BY_DOMAINS, [
      workspaceId,
      domains,
    ]);
    return new Map(rows.map(({ domain, company, companyId }) => [domain, { company, companyId }]));
  }

  /** Fails on `company_domains_pkey` if a domain belongs to another company. */
  async add(workspaceId: string, id: string, fields: Required<CompanyInput>, now: string): Promise<void> {
    await this.database
      .repository(CompanyEntity)
      .insert({ workspaceId, id, ...toColumns(fields), createdAt: now, updatedAt: now });
    await this.replaceDomains(workspaceId, id, fields.domains);
  }

  /** Writes all fields of a locked company. Fails on `company_domains_pkey` if a domain belongs to another company. */
  async update(workspaceId: string, id: string, fields: Required<CompanyInput>, now: string): Promise<void> {
    await this.database.repository(CompanyEntity).update({ workspaceId, id }, { ...toColumns(fields), updatedAt: now });
    await this.replaceDomains(workspaceId, id, fields.domains);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(CompanyEntity).delete({ workspaceId, id });
  }

  /** Writes the company's name to its contacts. */
  async renameOnContacts(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(RENAME, [workspaceId, id]);
  }

  list(
    workspaceId: string,
    filter: CompaniesFilter,
    orderBy: CompanyOrder,
    request: PageRequest,
  ): Promise<Page<CompanyView>> {
    const values: unknown[] = [workspaceId];
    const where = ['k.workspace_id = $1'];
    const bind = createBinder(values);
    if (filter.q) where.push(`lower(k.name) like '%' || lower(${bind(escapeLike(filter.q))}) || '%'`);
    if (filter.domain)
      where.push(
        `k.id = (select d.company_id from identity.company_domains d
          where d.workspace_id = $1 and d.domain = ${bind(normalizeDomain(filter.domain).toLowerCase())})`,
      );
    if (filter.tags) where.push(`k.tags && ${tagNamesSql(bind(filter.tags.map(tagKey)))}`);
    where.push(...timeConditions(filter, 'k', bind));
    const read = (): Promise<Page<CompanyView>> =>
      this.lists.read<CompanyRow, CompanyView>(
        {
          domain: 'identity.list-companies',
          select: COLUMNS,
          from: 'identity.companies k',
          where,
          values,
          request,
          order: [ORDER_OF[orderBy], { sql: 'k.id', type: 'uuid' }],
        },
        toView,
      );
    return withSystemScope(read);
  }

  private async replaceDomains(workspaceId: string, id: string, domains: readonly string[]): Promise<void> {
    await this.database.execute(REPLACE_DOMAINS, [workspaceId, id, domains]);
  }
}

import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { OidcProviderSettings, OidcProviderView, SignInProvider } from './oidc-provider.view.js';

interface ProviderRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly has_client_secret: boolean;
  readonly allowed_domains: string[];
  readonly auto_provision: boolean;
  readonly default_role: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

interface SignInProviderRow extends ProviderRow {
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly sealed_client_secret: string | null;
}

/** Filter of a provider list. */
export interface OidcProvidersFilter extends TimeRange {
  /** True for enabled providers only. */
  readonly enabledOnly: boolean;
}

const COLUMNS = `p.id, p.name, p.issuer, p.client_id, p.sealed_client_secret is not null as has_client_secret,
   p.allowed_domains, p.auto_provision, p.default_role, p.enabled, p.version,
  p.created_at, p.updated_at`;

const FIND = statement(
  'teams.find-oidc-provider',
  `select ${COLUMNS} from teams.oidc_providers p where p.workspace_id = $1 and p.id = $2`,
);
const LOCK = statement(
  'teams.lock-oidc-provider',
  'select id from teams.oidc_providers where workspace_id = $1 and id = $2 for update',
);
const FIND_FOR_SIGN_IN = statement(
  'teams.find-enabled-oidc-provider',
  `select ${COLUMNS}, p.workspace_id, w.name as workspace_name, p.sealed_client_secret from teams.oidc_providers p
     join teams.workspaces w on w.id = p.workspace_id where p.id = $1 and p.enabled`,
);
const ADD = statement(
  'teams.add-oidc-provider',
  `insert into teams.oidc_providers (workspace_id, id, name, issuer, client_id, allowed_domains, auto_provision,
     default_role, enabled, sealed_client_secret)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const UPDATE = statement(
  'teams.update-oidc-provider',
  `update teams.oidc_providers set name = $3, issuer = $4, client_id = $5, allowed_domains = $6, auto_provision = $7,
     default_role = $8, enabled = $9,
     sealed_client_secret = case when $11 then $10 else sealed_client_secret end, version = version + 1,
       updated_at = now() where workspace_id = $1 and id = $2`,
);
const DELETE = statement(
  'teams.delete-oidc-provider',
  'delete from teams.oidc_providers where workspace_id = $1 and id = $2',
);
const COUNT = statement(
  'teams.count-oidc-providers',
  'select count(*) as count from teams.oidc_providers where workspace_id = $1',
);

function toView(row: ProviderRow): OidcProviderView {
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    hasClientSecret: row.has_client_secret,
    allowedDomains: row.allowed_domains,
    autoProvision: row.auto_provision,
    defaultRole: row.default_role,
    enabled: row.enabled,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toColumns({
  name,
  issuer,
  clientId,
  allowedDomains,
  autoProvision,
  defaultRole,
  enabled,
}: OidcProviderSettings): unknown[] {
  return [name, issuer, clientId, allowedDomains, autoProvision, defaultRole, enabled];
}

/** Rows of `teams.oidc_providers`. */
@Injectable()
export class OidcProvidersRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<OidcProviderView | null> {
    const row = await this.database.row<ProviderRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Locks the row until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(LOCK, [workspaceId, id]);
  }

  /** Finds an enabled provider in any workspace: a client that signs in has no workspace yet. */
  async findForSignIn(id: string): Promise<SignInProvider | null> {
    const row = await this.database.row<SignInProviderRow>(FIND_FOR_SIGN_IN, [id]);
    return (
      row && {
        ...toView(row),
        workspaceId: row.workspace_id,
        workspaceName: row.workspace_name,
        sealedClientSecret: row.sealed_client_secret,
      }
    );
  }

  async add(
    workspaceId: string,
    id: string,
    settings: OidcProviderSettings,
    sealedClientSecret: string | null,
  ): Promise<void> {
    await this.database.execute(ADD, [workspaceId, id, ...toColumns(settings), sealedClientSecret]);
  }

  /** If `sealedClientSecret` is undefined, the secret keeps its value. */
  async update(
    workspaceId: string,
    id: string,
    settings: OidcProviderSettings,
    sealedClientSecret: string | null | undefined,
  ): Promise<void> {
    await this.database.execute(UPDATE, [
      workspaceId,
      id,
      ...toColumns(settings),
      sealedClientSecret ?? null,
      sealedClientSecret !== undefined,
    ]);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  async count(workspaceId: string): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT, [workspaceId]))!.count;
  }

  list(
    workspaceId: string,
    { enabledOnly, ...range }: OidcProvidersFilter,
    request: PageRequest,
  ): Promise<Page<OidcProviderView>> {
    const values: unknown[] = [workspaceId];
    const where = [
      'p.workspace_id = $1',
      ...(enabledOnly ? ['p.enabled'] : []),
      ...timeConditions(range, { created: 'p.created_at', updated: 'p.updated_at' }, createBinder(values)),
    ];
    return this.lists.read<ProviderRow, OidcProviderView>(
      {
        domain: 'teams.list-oidc-providers',
        select: COLUMNS,
        from: 'teams.oidc_providers p',
        where,
        values,
        request,
        order: [
          { sql: 'p.created_at', type: 'timestamptz' },
          { sql: 'p.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}

import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { OidcProviderEntity } from './oidc-provider.entity.js';
import type { OidcProviderSettings, OidcProviderView, SignInProvider } from './oidc-provider.view.js';

const FIELDS = [
  'id',
  'name',
  'issuer',
  'clientId',
  'allowedDomains',
  'autoProvision',
  'defaultRole',
  'enabled',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Properties that `OidcProviderSettings` has. */
const SETTINGS = ['name', 'issuer', 'clientId', 'allowedDomains', 'autoProvision', 'defaultRole', 'enabled'] as const;

type ProviderRow = Pick<OidcProviderEntity, (typeof FIELDS)[number]> & Pick<OidcProviderView, 'hasClientSecret'>;

type SignInProviderRow = ProviderRow & Pick<SignInProvider, 'workspaceId' | 'workspaceName' | 'sealedClientSecret'>;

/** Filter of a provider list. */
export interface OidcProvidersFilter extends TimeRange {
  /** True for enabled providers only. */
  readonly enabledOnly: boolean;
}

const COLUMNS =
  `${columnsOf(OidcProviderEntity, 'p', FIELDS)}, ` + 'p.sealed_client_secret is not null as "hasClientSecret"';

const FIND = statement(
  'teams.find-oidc-provider',
  `select ${COLUMNS} from teams.oidc_providers p where p.workspace_id = $1 and p.id = $2`,
);
const FIND_FOR_SIGN_IN = statement(
  'teams.find-enabled-oidc-provider',
  `select ${COLUMNS}, ${columnsOf(OidcProviderEntity, 'p', ['workspaceId', 'sealedClientSecret'])},
     w.name as "workspaceName" from teams.oidc_providers p
     join teams.workspaces w on w.id = p.workspace_id where p.id = $1 and p.enabled`,
);
function toView(row: ProviderRow): OidcProviderView {
  return pick(row, [...FIELDS, 'hasClientSecret']);
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
    await this.database
      .repository(OidcProviderEntity)
      .findOne({ select: { id: true }, where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Finds an enabled provider in any workspace: a client that signs in has no workspace yet. */
  async findForSignIn(id: string): Promise<SignInProvider | null> {
    const row = await this.database.row<SignInProviderRow>(FIND_FOR_SIGN_IN, [id]);
    return row && { ...toView(row), ...pick(row, ['workspaceId', 'workspaceName', 'sealedClientSecret']) };
  }

  async add(
    workspaceId: string,
    id: string,
    settings: OidcProviderSettings,
    sealedClientSecret: string | null,
  ): Promise<void> {
    await this.database
      .repository(OidcProviderEntity)
      .insert({ workspaceId, id, ...pick(settings, SETTINGS), sealedClientSecret });
  }

  /** If `sealedClientSecret` is undefined, the secret keeps its value. */
  async update(
    workspaceId: string,
    id: string,
    settings: OidcProviderSettings,
    sealedClientSecret: string | null | undefined,
  ): Promise<void> {
    await this.database
      .repository(OidcProviderEntity)
      .update({ workspaceId, id }, { ...pick(settings, SETTINGS), sealedClientSecret });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(OidcProviderEntity).delete({ workspaceId, id });
  }

  count(workspaceId: string): Promise<number> {
    return this.database.repository(OidcProviderEntity).countBy({ workspaceId });
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

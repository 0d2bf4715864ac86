import { Injectable } from '@nestjs/common';
import { columnsOf, createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { IsNull } from 'typeorm';
import { pick } from 'es-toolkit';
import type { CredentialRow, CredentialUse } from '../sessions/sessions.repository.js';
import { hiddenInboxesSql } from '../inboxes/inbox-access-sql.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKeyView } from './api-key.view.js';

const FIELDS = [
  'id',
  'userId',
  'kind',
  'mode',
  'name',
  'hint',
  'scopes',
  'expiresAt',
  'lastUsedAt',
  'lastUsedAddress',
  'revokedAt',
  'previousUntil',
  'version',
  'createdAt',
  'updatedAt',
] as const;

type ApiKeyRow = Pick<ApiKeyEntity, (typeof FIELDS)[number]>;

/** New secret of a key. */
export interface RotatedKeyRow {
  readonly keyHash: string;
  readonly hint: string;
  /** End of the validity of the current secret; null for now. */
  readonly previousUntil: Date | null;
  /** True if the caller proves the account of the user. */
  readonly byPassword: boolean;
}

/** Filter of an API key list. */
export interface ApiKeysFilter extends TimeRange {
  readonly q?: string;
  readonly kind?: readonly string[];
  readonly mode?: readonly string[];
  readonly revoked?: boolean;
}

/** Filter of an API key list, restricted to the keys that the caller can see. */
export interface VisibleApiKeysFilter extends ApiKeysFilter {
  /** True to include service keys. */
  readonly includesServiceKeys: boolean;
}

const COLUMNS = columnsOf(ApiKeyEntity, 'k', FIELDS);

const FIND_VALID = shortRead(
  'teams.find-valid-api-key',
  `select k.id, coalesce(s.id, k.workspace_id) as workspace_id, coalesce(c.id, k.user_id) as user_id,
     case when k.mode = 'test' then json_build_object('workspaceId', k.workspace_id, 'userId', k.user_id) end
       as test_key_owner, coalesce(m.role, 'service') as role, w.plan, k.scopes,
     r.scopes as role_scopes, least(k.expires_at, case when k.key_hash <> $1 then k.previous_until end) as until,
     case when k.user_id is null then k.name end as name,
     ${hiddenInboxesSql('coalesce(s.id, k.workspace_id)', 'coalesce(c.id, k.user_id)', 'm.role')} as hidden_inbox_ids
   from teams.api_keys k join teams.workspaces w on w.id = k.workspace_id
   left join teams.memberships m on m.workspace_id = k.workspace_id and m.user_id = k.user_id and m.status = 'active'
   left join teams.roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
   left join teams.workspaces s on k.mode = 'test' and s.sandbox_of = k.workspace_id
   left join teams.users c on c.home_workspace_id = s.id and c.copied_from = k.user_id
   where (k.key_hash = $1 or (k.previous_key_hash = $1 and k.previous_until > now())) and k.revoked_at is null
     and (k.expires_at is null or k.expires_at > now()) and (k.user_id is null or m.user_id is not null)
     and (k.mode = 'live' or (s.id is not null and (k.user_id is null or c.id is not null)))`,
);
const RECORD_USES = statement(
  'teams.record-api-key-uses',
  `update teams.api_keys k set last_used_at = u.at, last_used_address = u.address
   from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as u (id, at, address) where k.id = u.id`,
);
const REVOKE_BY_USER = statement(
  'teams.revoke-user-api-keys',
  `update teams.api_keys set revoked_at = now(), updated_at = now(), version = version + 1
     where workspace_id = $1 and user_id = $2 and revoked_at is null returning id, name`,
);
const ROTATE = statement(
  'teams.rotate-api-key',
  `update teams.api_keys k set key_hash = $3, hint = $4,
     previous_key_hash = case when $5::timestamptz is not null then k.key_hash end, previous_until = $5, by_password = k.by_password and $6,
     version = k.version + 1,
     updated_at = now() where k.workspace_id = $1 and k.id = $2 returning ${COLUMNS}`,
);

function toView(row: ApiKeyRow): ApiKeyView {
  return pick(row, FIELDS);
}

/** Rows of `teams.api_keys`. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(
    key: Pick<
      ApiKeyEntity,
      | 'id'
      | 'workspaceId'
      | 'userId'
      | 'kind'
      | 'mode'
      | 'name'
      | 'hint'
      | 'keyHash'
      | 'scopes'
      | 'expiresAt'
      | 'byPassword'
    >,
  ): Promise<void> {
    await this.database.repository(ApiKeyEntity).insert(key);
  }

  /** Finds the key with this hash, if it is valid now. */
  findValid(hash: string): Promise<CredentialRow | null> {
    return this.database.row<CredentialRow>(FIND_VALID, [hash]);
  }

  async find(workspaceId: string, id: string): Promise<ApiKeyView | null> {
    const key = await this.database.repository(ApiKeyEntity).findOneBy({ workspaceId, id });
    return key && toView(key);
  }

  /** Locks the row until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<void> {
    await this.database
      .repository(ApiKeyEntity)
      .findOne({ select: { id: true }, where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(
    workspaceId: string,
    id: string,
    { name, scopes, expiresAt }: Pick<ApiKeyView, 'name' | 'scopes' | 'expiresAt'>,
  ): Promise<ApiKeyView> {
    await this.database.repository(ApiKeyEntity).update({ workspaceId, id }, { name, scopes, expiresAt });
    return (await this.find(workspaceId, id))!;
  }

  /** Sets a new secret. The current one stays valid until `previousUntil`, or stops working at once if it is null. */
  async rotate(
    workspaceId: string,
    id: string,
    { keyHash, hint, previousUntil, byPassword }: RotatedKeyRow,
  ): Promise<ApiKeyView> {
    const values = [workspaceId, id, keyHash, hint, previousUntil, byPassword];
    return toView((await this.database.row<ApiKeyRow>(ROTATE, values))!);
  }

  async revoke(workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await this.database
      .repository(ApiKeyEntity)
      .update({ workspaceId, id, revokedAt: IsNull() }, { revokedAt: () => 'now()' });
    return affected === 1;
  }

  /** Revokes the personal keys of a user and returns them. */
  revokeByUser(workspaceId: string, userId: string): Promise<{ id: string; name: string }[]> {
    return this.database.rows<{ id: string; name: string }>(REVOKE_BY_USER, [workspaceId, userId]);
  }

  async recordUses(uses: readonly CredentialUse[]): Promise<void> {
    await this.database.execute(RECORD_USES, [
      uses.map((use) => use.id),
      uses.map((use) => use.at),
      uses.map((use) => use.address),
    ]);
  }

  /** Lists the user's own keys and, if the filter includes them, the workspace's service keys. */
  list(
    workspaceId: string,
    userId: string | null,
    { q, kind, mode, revoked, includesServiceKeys, ...range }: VisibleApiKeysFilter,
    request: PageRequest,
  ): Promise<Page<ApiKeyView>> {
    const values: unknown[] = [workspaceId, userId];
    const bind = createBinder(values);
    const where = [
      'k.workspace_id = $1',
      ...timeConditions(range, { created: 'k.created_at', updated: 'k.updated_at' }, bind),
      includesServiceKeys ? '(k.user_id is null or k.user_id = $2::uuid)' : 'k.user_id = $2::uuid',
    ];
    if (q) where.push(`k.name ilike ${bind(`%${escapeLike(q)}%`)}`);
    if (kind) where.push(`k.kind = any(${bind(kind)})`);
    if (mode) where.push(`k.mode = any(${bind(mode)})`);
    if (revoked !== undefined) where.push(`k.revoked_at is ${revoked ? 'not null' : 'null'}`);
    return this.lists.read<ApiKeyRow, ApiKeyView>(
      {
        domain: 'teams.list-api-keys',
        select: COLUMNS,
        from: 'teams.api_keys k',
        where,
        values,
        request,
        order: [
          { sql: 'k.created_at', type: 'timestamptz' },
          { sql: 'k.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}

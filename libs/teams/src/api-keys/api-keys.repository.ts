import { Injectable } from '@nestjs/common';
import { Database, ListReader, shortRead, statement, type Page, type PageRequest } from '@parley/kernel';
import type { CredentialRow, CredentialUse } from '../sessions/sessions.repository.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKeyView } from './api-key.view.js';

interface ApiKeyRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly user_id: string | null;
  readonly kind: 'personal' | 'service';
  readonly name: string;
  readonly hint: string;
  readonly scopes: string[];
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_address: string | null;
  readonly revoked_at: string | null;
  readonly created_at: string;
}

const COLUMNS = 'k.id, k.user_id, k.kind, k.name, k.hint, k.scopes, k.expires_at, k.last_used_at, k.last_used_address, k.revoked_at, k.created_at';

const FIND_VALID = shortRead(
  'teams.find-valid-api-key',
  `select k.id, k.workspace_id, k.user_id, coalesce(m.role, 'service') as role, w.plan, k.scopes
   from teams.api_keys k join teams.workspaces w on w.id = k.workspace_id
   left join teams.memberships m on m.workspace_id = k.workspace_id and m.user_id = k.user_id and m.status = 'active'
   where k.key_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and (k.user_id is null or m.user_id is not null)`,
);
const NOTE_USES = statement(
  'teams.note-api-key-uses',
  `update teams.api_keys k set last_used_at = u.at, last_used_address = u.address
   from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as u (id, at, address) where k.id = u.id`,
);
const REVOKE = statement('teams.revoke-api-key', 'update teams.api_keys set revoked_at = now() where workspace_id = $1 and id = $2 and revoked_at is null');
const FIND = statement('teams.find-api-key', `select ${COLUMNS} from teams.api_keys k where k.workspace_id = $1 and k.id = $2`);

function toView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id, userId: row.user_id, kind: row.kind, name: row.name, hint: row.hint, scopes: row.scopes, expiresAt: row.expires_at, lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address, revokedAt: row.revoked_at, createdAt: row.created_at,
  };
}

/** Rows of `teams.api_keys`. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(key: Omit<ApiKeyEntity, 'createdAt' | 'lastUsedAt' | 'lastUsedAddress' | 'revokedAt'>): Promise<void> {
    await this.database.manager().getRepository(ApiKeyEntity).insert(key);
  }

  /** The key with this hash, if it opens anything now. */
  findValid(hash: string): Promise<CredentialRow | null> {
    return this.database.row<CredentialRow>(FIND_VALID, [hash]);
  }

  async find(workspaceId: string, id: string): Promise<ApiKeyView | null> {
    const row = await this.database.row<ApiKeyRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  async revoke(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.execute(REVOKE, [workspaceId, id])) > 0;
  }

  async noteUses(uses: readonly CredentialUse[]): Promise<void> {
    await this.database.execute(NOTE_USES, [uses.map((use) => use.id), uses.map((use) => use.at), uses.map((use) => use.address)]);
  }

  /** A user's own keys and the workspace's service keys. */
  list(workspaceId: string, userId: string | null, request: PageRequest): Promise<Page<ApiKeyView>> {
    const values: unknown[] = [workspaceId, userId];
    return this.lists.read<ApiKeyRow, ApiKeyView>(
      {
        domain: 'teams.list-api-keys', select: COLUMNS, from: 'teams.api_keys k', where: ['k.workspace_id = $1', '(k.user_id is null or k.user_id = $2::uuid)'], values, request,
        order: [{ sql: 'k.created_at', type: 'timestamptz' }, { sql: 'k.id', type: 'uuid' }],
      },
      toView,
    );
  }
}

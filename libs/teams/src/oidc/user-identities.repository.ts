import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** User that an identity of a provider belongs to. */
export interface IdentityUserRow {
  readonly [column: string]: unknown;
  readonly user_id: string;
  /** Status of the membership in the workspace; null if there is none. */
  readonly status: 'active' | 'invited' | 'inactive' | null;
  /** True if the account belongs to the workspace only. */
  readonly is_local: boolean;
}

const FIND = statement(
  'teams.find-user-identity',
  `select i.user_id, m.status, u.home_workspace_id is not null as is_local from teams.user_identities i
     join teams.users u on u.id = i.user_id
     left join teams.memberships m on m.workspace_id = i.workspace_id and m.user_id = i.user_id
   where i.workspace_id = $1 and i.provider_id = $2 and i.subject = $3`,
);
const FIND_BY_EMAIL = statement(
  'teams.find-user-by-email',
  `select u.id as user_id, m.status, u.home_workspace_id is not null as is_local from teams.users u
     join teams.memberships m on m.workspace_id = $1 and m.user_id = u.id
   where lower(u.email) = lower($2) order by u.home_workspace_id is null limit 1`,
);
const SAVE = statement(
  'teams.save-user-identity',
  `insert into teams.user_identities (workspace_id, provider_id, subject, user_id) values ($1, $2, $3, $4)
   on conflict (provider_id, subject) do update set user_id = excluded.user_id, last_used_at = now()`,
);
const DELETE_ALL = statement(
  'teams.delete-user-identities',
  'delete from teams.user_identities where workspace_id = $1 and provider_id = $2',
);

/** Rows of `teams.user_identities`: the users behind the subjects of a provider. */
@Injectable()
export class UserIdentitiesRepository {
  constructor(private readonly database: Database) {}

  find(workspaceId: string, providerId: string, subject: string): Promise<IdentityUserRow | null> {
    return this.database.row<IdentityUserRow>(FIND, [workspaceId, providerId, subject]);
  }

  /** Finds a member of the workspace by e-mail. */
  findByEmail(workspaceId: string, email: string): Promise<IdentityUserRow | null> {
    return this.database.row<IdentityUserRow>(FIND_BY_EMAIL, [workspaceId, email]);
  }

  async save(workspaceId: string, providerId: string, subject: string, userId: string): Promise<void> {
    await this.database.execute(SAVE, [workspaceId, providerId, subject, userId]);
  }

  async deleteAll(workspaceId: string, providerId: string): Promise<void> {
    await this.database.execute(DELETE_ALL, [workspaceId, providerId]);
  }
}

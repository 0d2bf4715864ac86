import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { ReferenceTarget } from '@parley/kernel/references';

const ADD = statement(
  'identity.add-deleted-name',
  'insert into identity.deleted_names (workspace_id, type, name) values ($1, $2, $3) on conflict do nothing',
);
const FIND = statement(
  'identity.find-deleted-names',
  `select d.type, d.name as id from identity.deleted_names d
   join unnest($2::text[], $3::text[]) wanted (type, name) on d.type = wanted.type and d.name = wanted.name
   where d.workspace_id = $1
     and not (d.type = 'tag' and exists (
       select from identity.tag_names n where n.workspace_id = $1 and n.key = d.name))`,
);

/** Names of deleted tags and custom fields. */
@Injectable()
export class DeletedNamesRepository {
  constructor(private readonly database: Database) {}

  /** Records the name of a deleted object. */
  async add(workspaceId: string, { type, id }: ReferenceTarget): Promise<void> {
    await this.database.execute(ADD, [workspaceId, type, id]);
  }

  /** Those of the objects that were deleted. Tags that were created again are left out, custom fields are not. */
  findDeleted(workspaceId: string, targets: readonly ReferenceTarget[]): Promise<ReferenceTarget[]> {
    if (targets.length === 0) return Promise.resolve([]);
    return this.database.rows<ReferenceTarget & Record<string, unknown>>(FIND, [
      workspaceId,
      targets.map(({ type }) => type),
      targets.map(({ id }) => id),
    ]);
  }
}

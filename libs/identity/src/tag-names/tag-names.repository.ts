import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

interface TagNameRow {
  readonly [column: string]: unknown;
  readonly key: string;
  readonly name: string;
  readonly contact_only: boolean;
}

const FIND = statement(
  'identity.find-tag-names',
  `select key, name, contact_only from identity.tag_names where workspace_id = $1 and key = any($2)`,
);
// Sorted by key, so that concurrent requests with the same new tags cannot deadlock.
const ADD = statement(
  'identity.add-tag-names',
  `insert into identity.tag_names (workspace_id, key, name, contact_only)
   select $1, t.key, t.name, $4 from unnest($2::text[], $3::text[]) as t (key, name) order by t.key
   on conflict do nothing`,
);
const SHARE = statement(
  'identity.share-tag-names',
  'update identity.tag_names set contact_only = false where workspace_id = $1 and key = any($2) and contact_only',
);
const DELETE_UNUSED = statement(
  'identity.delete-unused-tag-name',
  `delete from identity.tag_names n where n.workspace_id = $1 and n.key = $2
     and not exists (select 1 from identity.contacts c where c.workspace_id = $1 and c.tags @> array[n.name])
     and not exists (select 1 from identity.companies k where k.workspace_id = $1 and k.tags @> array[n.name])`,
);

/** Rows of `identity.tag_names`. */
@Injectable()
export class TagNamesRepository {
  constructor(private readonly database: Database) {}

  /** Returns the known tags, by key. */
  async find(
    workspaceId: string,
    keys: readonly string[],
  ): Promise<Map<string, { readonly name: string; readonly contactOnly: boolean }>> {
    const rows = await this.database.rows<TagNameRow>(FIND, [workspaceId, keys]);
    return new Map(rows.map(({ key, name, contact_only: contactOnly }) => [key, { name, contactOnly }]));
  }

  /** Adds the tags that do not exist. */
  async add(workspaceId: string, names: ReadonlyMap<string, string>, contactOnly: boolean): Promise<void> {
    await this.database.execute(ADD, [workspaceId, [...names.keys()], [...names.values()], contactOnly]);
  }

  /** Records that not only contacts have these tags. */
  async share(workspaceId: string, keys: readonly string[]): Promise<void> {
    await this.database.execute(SHARE, [workspaceId, keys]);
  }

  /** Deletes the spelling of a tag that no contact and no company has. */
  async deleteUnused(workspaceId: string, key: string): Promise<void> {
    await this.database.execute(DELETE_UNUSED, [workspaceId, key]);
  }
}

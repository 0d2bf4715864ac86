import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import type {
  UpdateAttributeDefinitionInput,
  AttributeDefinitionView,
  AttributeDefinitionsFilter,
  AttributeSubject,
  AttributeType,
  CreateAttributeDefinitionInput,
} from './attribute-definition.view.js';

interface AttributeDefinitionRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly applies_to: AttributeSubject;
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  readonly type: AttributeType;
  readonly options: string[];
  readonly regex: string | null;
  readonly regex_hint: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `a.id, a.applies_to, a.key, a.label, a.description, a.type, a.options, a.regex, a.regex_hint, a.version,
    a.created_at, a.updated_at`;
const LIST_ALL = statement(
  'identity.list-all-attribute-definitions',
  `select ${COLUMNS} from identity.attribute_definitions a where a.workspace_id = $1`,
);
const FIND = statement(
  'identity.find-attribute-definition',
  `select ${COLUMNS} from identity.attribute_definitions a where a.workspace_id = $1 and a.id = $2`,
);
const LOCK = statement(
  'identity.lock-attribute-definition',
  `select ${COLUMNS} from identity.attribute_definitions a where a.workspace_id = $1 and a.id = $2 for update`,
);
const ADD = statement(
  'identity.add-attribute-definition',
  `insert into identity.attribute_definitions as a (id, workspace_id, applies_to, key, label, description, type,
    options, regex, regex_hint, created_at, updated_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) on conflict do nothing returning ${COLUMNS}`,
);
const UPDATE = statement(
  'identity.update-attribute-definition',
  `update identity.attribute_definitions a set label = $3, description = $4, options = $5, regex = $6,
    regex_hint = $7, updated_at = $8, version = version + 1
   where a.workspace_id = $1 and a.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'identity.delete-attribute-definition',
  'delete from identity.attribute_definitions where workspace_id = $1 and id = $2',
);

function toView(row: AttributeDefinitionRow): AttributeDefinitionView {
  return {
    id: row.id,
    appliesTo: row.applies_to,
    key: row.key,
    label: row.label,
    description: row.description,
    type: row.type,
    options: row.options,
    regex: row.regex,
    regexHint: row.regex_hint,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

@Injectable()
export class AttributeDefinitionsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** All definitions of a workspace, unordered. */
  async listAll(workspaceId: string): Promise<AttributeDefinitionView[]> {
    return (await this.database.rows<AttributeDefinitionRow>(LIST_ALL, [workspaceId])).map(toView);
  }

  async find(workspaceId: string, id: string): Promise<AttributeDefinitionView | null> {
    const row = await this.database.row<AttributeDefinitionRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The definition, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<AttributeDefinitionView | null> {
    const row = await this.database.row<AttributeDefinitionRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** The new definition; null if the key is already defined. */
  async add(
    workspaceId: string,
    id: string,
    input: CreateAttributeDefinitionInput,
    now: string,
  ): Promise<AttributeDefinitionView | null> {
    const { appliesTo, key, label, description, type, options, regex, regexHint } = input;
    const row = await this.database.row<AttributeDefinitionRow>(ADD, [
      workspaceId,
      id,
      appliesTo,
      key,
      label,
      description,
      type,
      options,
      regex,
      regexHint,
      now,
    ]);
    return row && toView(row);
  }

  async update(
    workspaceId: string,
    id: string,
    fields: Required<UpdateAttributeDefinitionInput>,
    now: string,
  ): Promise<AttributeDefinitionView> {
    const { label, description, options, regex, regexHint } = fields;
    return toView(
      (await this.database.row<AttributeDefinitionRow>(UPDATE, [
        workspaceId,
        id,
        label,
        description,
        options,
        regex,
        regexHint,
        now,
      ]))!,
    );
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  list(
    workspaceId: string,
    { appliesTo, ...range }: AttributeDefinitionsFilter,
    request: PageRequest,
  ): Promise<Page<AttributeDefinitionView>> {
    const values: unknown[] = [workspaceId];
    const where = ['a.workspace_id = $1', ...timeConditions(range, 'a', createBinder(values))];
    if (appliesTo) where.push(`a.applies_to = any($${values.push(appliesTo)})`);
    return this.lists.read<AttributeDefinitionRow, AttributeDefinitionView>(
      {
        domain: 'identity.list-attribute-definitions',
        select: COLUMNS,
        from: 'identity.attribute_definitions a',
        where,
        values,
        request,
        order: [
          { sql: 'a.created_at', type: 'timestamptz' },
          { sql: 'a.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}

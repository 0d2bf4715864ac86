import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { AttributeDefinitionEntity } from './attribute-definition.entity.js';
import type {
  UpdateAttributeDefinitionInput,
  AttributeDefinitionView,
  AttributeDefinitionsFilter,
  CreateAttributeDefinitionInput,
} from './attribute-definition.view.js';

const FIELDS = [
  'id',
  'appliesTo',
  'key',
  'label',
  'description',
  'type',
  'options',
  'regex',
  'regexHint',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Properties that `CreateAttributeDefinitionInput` has. */
const INPUT_FIELDS = ['appliesTo', 'key', 'label', 'description', 'type', 'options', 'regex', 'regexHint'] as const;

type AttributeDefinitionRow = Pick<AttributeDefinitionEntity, (typeof FIELDS)[number]>;

const COLUMNS = columnsOf(AttributeDefinitionEntity, 'a', FIELDS);
const LIST_ALL = statement(
  'identity.list-all-attribute-definitions',
  `select ${COLUMNS} from identity.attribute_definitions a where a.workspace_id = $1`,
);

function toView(row: AttributeDefinitionRow): AttributeDefinitionView {
  return pick(row, FIELDS);
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
    const definition = await this.database.repository(AttributeDefinitionEntity).findOneBy({ workspaceId, id });
    return definition && toView(definition);
  }

  /** The definition, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<AttributeDefinitionView | null> {
    const definition = await this.database
      .repository(AttributeDefinitionEntity)
      .findOne({ where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
    return definition && toView(definition);
  }

  /** The new definition; null if the key is already defined. */
  async add(
    workspaceId: string,
    id: string,
    input: CreateAttributeDefinitionInput,
    now: string,
  ): Promise<AttributeDefinitionView | null> {
    await this.database
      .repository(AttributeDefinitionEntity)
      .createQueryBuilder()
      .insert()
      .values({ workspaceId, id, ...pick(input, INPUT_FIELDS), createdAt: now, updatedAt: now })
      .orIgnore()
      .execute();
    return this.find(workspaceId, id);
  }

  async update(
    workspaceId: string,
    id: string,
    { label, description, options, regex, regexHint }: Required<UpdateAttributeDefinitionInput>,
    now: string,
  ): Promise<AttributeDefinitionView> {
    await this.database
      .repository(AttributeDefinitionEntity)
      .update({ workspaceId, id }, { label, description, options, regex, regexHint, updatedAt: now });
    return (await this.find(workspaceId, id))!;
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(AttributeDefinitionEntity).delete({ workspaceId, id });
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

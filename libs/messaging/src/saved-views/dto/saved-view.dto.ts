import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  omitUndefined,
  UuidField,
  IntegerField,
  NestedField,
  NestedListField,
  ListQueryField,
  StringField,
  StringListField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { PageQueryDto, TimedPageQueryDto } from '@parley/kernel/pagination';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../conversations/conversations-filter.js';
import { FILTER_ALIASES_DESCRIPTION } from '../../conversations/filter-aliases.js';
import { NamedRefDto } from '../../conversations/dto/conversation.dto.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { VISIBILITIES, type Visibility } from '../../visibility/visibility.js';
import { OWNER_ID, TEAM, VISIBILITY, TEAM_ID_INPUT, VISIBILITY_INPUT } from '../../visibility/dto/visibility-fields.js';
import {
  SAVED_VIEW_RESOURCES,
  type SavedView,
  type SavedViewInput,
  type SavedViewResource,
} from '../saved-view.view.js';
import type { CreateSavedViewInput } from '../saved-views.service.js';

const NAME = { description: 'What it is called.', min: 1, max: 100, example: 'My urgent ones' };
const DESCRIPTION = {
  description: 'What it is for.',
  max: 1000,
  nullable: true,
  example: 'What must not wait until tomorrow',
};
const FILTER = {
  description: `Which conversations. ${FILTER_ALIASES_DESCRIPTION} It is whoever looks at the view, and nobody where a service does.`,
  example: {
    all: [
      { field: 'status', operator: 'in', value: ['open', 'pending'] },
      { field: 'assignee_id', operator: 'equals', value: 'me' },
    ],
  },
};
const COLUMNS = {
  description:
    'Fields to show, in this order; the fields of filters, and `contact`, `assignee`, `team`, `inbox`, `last_message`, `updated_at`, `custom_fields`, `metadata`.',
  maxItems: 50,
  minLength: 1,
  maxLength: 220,
  example: ['number', 'subject', 'contact', 'custom_fields.plan'],
};
const POSITION = { description: 'Views stand in ascending order of it.', min: 0, max: 1_000_000, example: 0 };

/** A filter that is kept under a name. */
export class SavedViewDto {
  @UuidField({ description: 'Id of the view.' })
  id: string;

  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description: string | null;

  @EnumField(SAVED_VIEW_RESOURCES, { description: 'What it is over.' })
  resource: string;

  @EnumField(VISIBILITIES, VISIBILITY)
  visibility: string;

  @NestedField(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @UuidField(OWNER_ID)
  owner_id: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;

  @EnumField(CONVERSATION_ORDERS, { description: 'What its conversations are ordered by.' })
  order_by: string;

  @EnumField(['asc', 'desc'], { description: 'Direction of `order_by`.', example: 'desc' })
  order_dir: string;

  @StringListField(COLUMNS)
  columns: string[];

  @IntegerField(POSITION)
  position: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a view; what is left out stays as it is. */
export class UpdateSavedViewDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField({ ...DESCRIPTION, optional: true })
  description?: string | null;

  @EnumField(VISIBILITIES, VISIBILITY_INPUT)
  visibility?: Visibility;

  @UuidField(TEAM_ID_INPUT)
  team_id?: string | null;

  @AnyJsonField(FILTER_SCHEMA, { ...FILTER, optional: true })
  filter?: unknown;

  @EnumField(CONVERSATION_ORDERS, {
    description:
      'What to order its conversations by. Default last_activity_at. `waiting_since` lists only where the customer waits.',
    optional: true,
  })
  order_by?: ConversationOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Direction of `order_by`. Default desc.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @StringListField({ ...COLUMNS, optional: true })
  columns?: string[];

  @IntegerField({ ...POSITION, optional: true })
  position?: number;
}

/** A new view. */
export class CreateSavedViewDto extends UpdateSavedViewDto {
  @StringField(NAME)
  declare name: string;

  @EnumField(SAVED_VIEW_RESOURCES, { description: 'What it is over. Default conversation.', optional: true })
  resource?: SavedViewResource;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  declare filter: unknown;
}

/** Which views to list. */
export class SavedViewListQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Only those for these people.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @EnumField(SAVED_VIEW_RESOURCES, { description: 'Only those over this.', optional: true })
  resource?: SavedViewResource;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Which page of a view's conversations. */
export class SavedViewConversationsQueryDto extends PageQueryDto {
  @EnumField(['asc', 'desc'], {
    description: "Direction of what the view orders by. Default is the view's.",
    optional: true,
    example: 'desc',
  })
  declare order_dir?: 'asc' | 'desc';
}

/** How many conversations a view has. */
export class SavedViewCountDto {
  @UuidField({ description: 'Id of the view.' })
  id: string;

  @IntegerField({ description: 'Conversations in it, at most 1,000.', example: 12 })
  count: number;

  @BooleanField({ description: 'Whether there are more than that.', example: false })
  more: boolean;
}

/** How many conversations views have. */
export class SavedViewCountsDto {
  @NestedListField(() => SavedViewCountDto, { description: 'Each view, by their position.' })
  counts: SavedViewCountDto[];
}

/** The request in the domain's names; what was left out stays out. */
export function toUpdateSavedViewInput(dto: UpdateSavedViewDto): Partial<SavedViewInput> {
  const {
    visibility,
    team_id: teamId,
    name,
    description,
    filter,
    order_by: orderBy,
    order_dir: orderDir,
    columns,
    position,
  } = dto;
  return omitUndefined({ visibility, teamId, name, description, filter, orderBy, orderDir, columns, position });
}

/** A new view in the domain's names. */
export function toCreateSavedViewInput(dto: CreateSavedViewDto): CreateSavedViewInput {
  const { name, filter, resource = 'conversation' } = dto;
  return {
    visibility: 'workspace',
    teamId: null,
    description: null,
    orderBy: 'last_activity_at',
    orderDir: 'desc',
    columns: [],
    position: null,
    ...toUpdateSavedViewInput(dto),
    name,
    filter,
    resource,
  };
}

/** Puts a view on the wire. */
export function toSavedViewDto(view: SavedView): SavedViewDto {
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    resource: view.resource,
    visibility: view.visibility,
    team: view.team,
    owner_id: view.ownerId,
    filter: view.filter,
    order_by: view.orderBy,
    order_dir: view.orderDir,
    columns: [...view.columns],
    position: view.position,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

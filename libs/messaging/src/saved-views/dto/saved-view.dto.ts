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
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
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

const NAME = { description: 'Name of the view.', min: 1, max: 100, example: 'My urgent conversations' };
const DESCRIPTION = {
  description: 'Description of the view.',
  max: 1000,
  nullable: true,
  example: 'Conversations that cannot wait until tomorrow',
};
const FILTER = {
  description:
    'Filter of the conversations in the view. `GET /v1/conversations/fields` lists its fields. ' +
    `${FILTER_ALIASES_DESCRIPTION} In a view, \`me\` is the ` +
    'user who opens it; for a service key, it stands for no user.',
  example: {
    all: [
      { field: 'status', operator: 'in', value: ['open', 'pending'] },
      { field: 'assignee_id', operator: 'equals', value: 'me' },
    ],
  },
};
const COLUMNS = {
  description:
    'Fields to display, in display order: fields of filters, and `contact`, `assignee`, `team`, ' +
    '`inbox`, `last_message`, `updated_at`, `custom_fields`, `metadata`.',
  maxItems: 50,
  minLength: 1,
  maxLength: 220,
  example: ['number', 'subject', 'contact', 'custom_fields.plan'],
};
const POSITION = { description: 'Sort position. Lower values come first.', min: 0, max: 1_000_000, example: 0 };

/** Named filter. */
export class SavedViewDto {
  @UuidField({ description: 'ID of the view.' })
  id: string;

  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description: string | null;

  @EnumField(SAVED_VIEW_RESOURCES, { description: 'Type of the objects in the view.' })
  resource: string;

  @EnumField(VISIBILITIES, VISIBILITY)
  visibility: string;

  @NestedField(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @UuidField(OWNER_ID)
  owner_id: string | null;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  filter: unknown;

  @EnumField(CONVERSATION_ORDERS, { description: 'Field that the conversations are sorted by.' })
  order_by: string;

  @EnumField(['asc', 'desc'], { description: 'Sort direction of `order_by`.', example: 'desc' })
  order_dir: string;

  @StringListField(COLUMNS)
  columns: string[];

  @IntegerField(POSITION)
  position: number;

  @NestedListField(() => ProblemDto, {
    description:
      'References to deleted teams, inboxes and tags and to deactivated users, fields that do not exist, and custom fields that are not ' +
      'defined although others are, or whose definition was deleted. Computed for each response.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update in a view. Omitted fields stay unchanged. */
export class UpdateSavedViewDto {
  @StringField({ ...NAME, optional: true, trim: true })
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
      'Field to sort the conversations by. Default: `last_activity_at`. `waiting_since` lists only ' +
      'conversations whose customer waits.',
    optional: true,
  })
  order_by?: ConversationOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Sort direction of `order_by`. Default: `desc`.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @StringListField({ ...COLUMNS, optional: true })
  columns?: string[];

  @IntegerField({ ...POSITION, optional: true })
  position?: number;
}

/** Fields of a new view. */
export class CreateSavedViewDto extends UpdateSavedViewDto {
  @StringField({ ...NAME, trim: true })
  declare name: string;

  @EnumField(SAVED_VIEW_RESOURCES, {
    description: 'Type of the objects in the view. Default: `conversation`.',
    optional: true,
  })
  resource?: SavedViewResource;

  @AnyJsonField(FILTER_SCHEMA, FILTER)
  declare filter: unknown;
}

/** Filter of the list of views. */
export class SavedViewListQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Visibilities to include.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @EnumField(SAVED_VIEW_RESOURCES, { description: 'Type of objects to include.', optional: true })
  resource?: SavedViewResource;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Page of the conversations of a view. */
export class SavedViewConversationsQueryDto extends PageQueryDto {
  @EnumField(['asc', 'desc'], {
    description: 'Sort direction. Default: the direction of the view.',
    optional: true,
    example: 'desc',
  })
  declare order_dir?: 'asc' | 'desc';
}

/** Number of conversations in a view. */
export class SavedViewCountDto {
  @UuidField({ description: 'ID of the view.' })
  id: string;

  @IntegerField({ description: 'Number of conversations, at most 1,000.', example: 12 })
  count: number;

  @BooleanField({ description: 'True if the view has more conversations than `count`.', example: false })
  more: boolean;
}

/** Numbers of conversations in views. */
export class SavedViewCountsDto {
  @NestedListField(() => SavedViewCountDto, { description: 'Count of each view, sorted by the position of the views.' })
  counts: SavedViewCountDto[];
}

/** Maps the request to the service input. Omitted fields stay undefined. */
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

/** Maps the request to the service input, with defaults. */
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

export function toSavedViewDto(view: WithProblems<SavedView>): SavedViewDto {
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
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

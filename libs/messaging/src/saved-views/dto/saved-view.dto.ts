import {
  Choice,
  FILTER_SCHEMA,
  Flag,
  givenFields,
  Id,
  Integer,
  Nested,
  NestedList,
  PageQueryDto,
  QueryList,
  Text,
  TextList,
  Time,
  TimedPageQueryDto,
  Unchecked,
} from '@parley/kernel';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../conversations/conversations-filter.js';
import { FILTER_WORDS } from '../../conversations/filter-words.js';
import { NamedRefDto } from '../../conversations/dto/conversation.dto.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { VISIBILITIES, type Visibility } from '../../sharing/audience.js';
import { OWNER_ID, TEAM, VISIBILITY, WANTED_TEAM_ID, WANTED_VISIBILITY } from '../../sharing/dto/audience-fields.js';
import { VIEW_RESOURCES, type SavedView, type SavedViewFields, type ViewResource } from '../saved-view.view.js';
import type { NewSavedView } from '../saved-views.service.js';

const NAME = { description: 'What it is called.', min: 1, max: 100, example: 'My urgent ones' };
const DESCRIPTION = {
  description: 'What it is for.',
  max: 1000,
  nullable: true,
  example: 'What must not wait until tomorrow',
};
const FILTER = {
  description: `Which conversations. ${FILTER_WORDS} It is whoever looks at the view, and nobody where a service does.`,
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
  @Id({ description: 'Id of the view.' })
  id: string;

  @Text(NAME)
  name: string;

  @Text(DESCRIPTION)
  description: string | null;

  @Choice(VIEW_RESOURCES, { description: 'What it is over.' })
  resource: string;

  @Choice(VISIBILITIES, VISIBILITY)
  visibility: string;

  @Nested(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @Id(OWNER_ID)
  owner_id: string | null;

  @Unchecked(FILTER_SCHEMA, FILTER)
  filter: unknown;

  @Choice(CONVERSATION_ORDERS, { description: 'What its conversations are ordered by.' })
  order_by: string;

  @Choice(['asc', 'desc'], { description: 'Direction of `order_by`.', example: 'desc' })
  order_dir: string;

  @TextList(COLUMNS)
  columns: string[];

  @Integer(POSITION)
  position: number;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a view; what is left out stays as it is. */
export class UpdateSavedViewDto {
  @Text({ ...NAME, optional: true })
  name?: string;

  @Text({ ...DESCRIPTION, optional: true })
  description?: string | null;

  @Choice(VISIBILITIES, WANTED_VISIBILITY)
  visibility?: Visibility;

  @Id(WANTED_TEAM_ID)
  team_id?: string | null;

  @Unchecked(FILTER_SCHEMA, { ...FILTER, optional: true })
  filter?: unknown;

  @Choice(CONVERSATION_ORDERS, {
    description:
      'What to order its conversations by. Default last_activity_at. `waiting_since` lists only where the customer waits.',
    optional: true,
  })
  order_by?: ConversationOrder;

  @Choice(['asc', 'desc'], { description: 'Direction of `order_by`. Default desc.', optional: true, example: 'desc' })
  order_dir?: 'asc' | 'desc';

  @TextList({ ...COLUMNS, optional: true })
  columns?: string[];

  @Integer({ ...POSITION, optional: true })
  position?: number;
}

/** A new view. */
export class CreateSavedViewDto extends UpdateSavedViewDto {
  @Text(NAME)
  declare name: string;

  @Choice(VIEW_RESOURCES, { description: 'What it is over. Default conversation.', optional: true })
  resource?: ViewResource;

  @Unchecked(FILTER_SCHEMA, FILTER)
  declare filter: unknown;
}

/** Which views to list. */
export class SavedViewListQueryDto extends TimedPageQueryDto {
  @QueryList({ description: 'Only those for these people.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @Choice(VIEW_RESOURCES, { description: 'Only those over this.', optional: true })
  resource?: ViewResource;

  @Choice(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Which page of a view's conversations. */
export class SavedViewConversationsQueryDto extends PageQueryDto {
  @Choice(['asc', 'desc'], {
    description: "Direction of what the view orders by. Default is the view's.",
    optional: true,
    example: 'desc',
  })
  declare order_dir?: 'asc' | 'desc';
}

/** How many conversations a view has. */
export class SavedViewCountDto {
  @Id({ description: 'Id of the view.' })
  id: string;

  @Integer({ description: 'Conversations in it, at most 1,000.', example: 12 })
  count: number;

  @Flag({ description: 'Whether there are more than that.', example: false })
  more: boolean;
}

/** How many conversations views have. */
export class SavedViewCountsDto {
  @NestedList(() => SavedViewCountDto, { description: 'Each view, by their position.' })
  counts: SavedViewCountDto[];
}

/** The request in the domain's names; what was left out stays out. */
export function toSavedViewFields(dto: UpdateSavedViewDto): Partial<SavedViewFields> {
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
  return givenFields({ visibility, teamId, name, description, filter, orderBy, orderDir, columns, position });
}

/** A new view in the domain's names. */
export function toNewSavedView(dto: CreateSavedViewDto): NewSavedView {
  const { name, filter, resource = 'conversation' } = dto;
  return {
    visibility: 'workspace',
    teamId: null,
    description: null,
    orderBy: 'last_activity_at',
    orderDir: 'desc',
    columns: [],
    position: null,
    ...toSavedViewFields(dto),
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

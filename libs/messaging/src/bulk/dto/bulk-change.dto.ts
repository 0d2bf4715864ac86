import {
  BulkOutcomeDto,
  BulkRunDto,
  Choice,
  FILTER_SCHEMA,
  IdList,
  MOST_BULK_AT_ONCE,
  Nested,
  NestedList,
  TextList,
  Unchecked,
} from '@parley/kernel';
import { FILTER_WORDS } from '../../conversations/filter-words.js';
import { MOST_TAGS } from '../../conversations/conversation-edit.service.js';
import { ConversationChangeDto, toConversationEdit } from '../../conversations/dto/edit-conversation.dto.js';
import { MOST_FAILURES_KEPT, type WantedBulkChange } from '../bulk-changes.service.js';

/** What to change about each conversation; what is left out stays as it is. */
export class BulkUpdateDto extends ConversationChangeDto {
  @TextList({
    description: 'Tags to add; come after `tags`.',
    optional: true,
    maxItems: MOST_TAGS,
    minLength: 1,
    maxLength: 100,
    example: ['checked'],
  })
  add_tags?: string[];

  @TextList({
    description: 'Tags to take off.',
    optional: true,
    maxItems: MOST_TAGS,
    minLength: 1,
    maxLength: 100,
    example: [],
  })
  remove_tags?: string[];
}

/** Conversations to change. */
export class BulkConversationsDto {
  @IdList({
    description: 'Which conversations. With a filter as well, only those of them that pass it.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: 10_000,
    example: null,
  })
  ids?: string[] | null;

  @Unchecked(FILTER_SCHEMA, {
    description: `Which conversations. This, \`ids\`, or both. ${FILTER_WORDS}`,
    optional: true,
    example: {
      all: [
        { field: 'status', operator: 'equals', value: 'open' },
        { field: 'hours_since_created', operator: 'greater_than', value: 720 },
      ],
    },
  })
  filter?: unknown;

  @Nested(() => BulkUpdateDto, {
    description: 'What to change about each of them.',
    example: { priority: 'low', add_tags: ['stale'] },
  })
  update: BulkUpdateDto;
}

/** What became of one conversation. */
export class ConversationBulkResultDto extends BulkOutcomeDto {
  @Choice(['updated', 'failed'], { description: '`updated` is as asked for, whether or not it was before.' })
  status: string;
}

/** A change of many conversations. */
export class ConversationBulkDto extends BulkRunDto {
  @NestedList(() => ConversationBulkResultDto, {
    description: `Each conversation, when it was done at once; else the first ${MOST_FAILURES_KEPT} that could not be changed.`,
    maxItems: MOST_BULK_AT_ONCE,
  })
  results: ConversationBulkResultDto[];
}

/** The request in the domain's names, of whom `me` stands for. @throws DomainError BAD_REQUEST for who is neither an id nor `me`. */
export function toWantedBulkChange({ ids, filter, update }: BulkConversationsDto, me: string | null): WantedBulkChange {
  const { add_tags: addTags, remove_tags: removeTags } = update;
  return {
    ids: ids ?? undefined,
    filter,
    me,
    edit: {
      ...toConversationEdit(update, me, 'update.'),
      ...(addTags && { addTags }),
      ...(removeTags && { removeTags }),
    },
  };
}

import { BulkOutcomeDto, BulkRunDto, MAX_SYNCHRONOUS_BULK_SIZE } from '@parley/kernel/bulk';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  UuidListField,
  NestedField,
  NestedListField,
  StringListField,
  AnyJsonField,
} from '@parley/kernel/http';
import { FILTER_ALIASES_DESCRIPTION } from '../../conversations/filter-aliases.js';
import { MAX_TAGS } from '../../conversations/conversation-actions.service.js';
import { ConversationFieldsDto, toUpdateConversationInput } from '../../conversations/dto/update-conversation.dto.js';
import { MAX_STORED_FAILURES, type BulkUpdateConversationsInput } from '../conversation-bulk.service.js';

/** What to change about each conversation; what is left out stays as it is. */
export class BulkUpdateDto extends ConversationFieldsDto {
  @StringListField({
    description: 'Tags to add; come after `tags`.',
    optional: true,
    maxItems: MAX_TAGS,
    minLength: 1,
    maxLength: 100,
    example: ['checked'],
  })
  add_tags?: string[];

  @StringListField({
    description: 'Tags to take off.',
    optional: true,
    maxItems: MAX_TAGS,
    minLength: 1,
    maxLength: 100,
    example: [],
  })
  remove_tags?: string[];
}

/** Conversations to change. */
export class BulkUpdateConversationsDto {
  @UuidListField({
    description: 'Which conversations. With a filter as well, only those of them that pass it.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: 10_000,
    example: null,
  })
  ids?: string[] | null;

  @AnyJsonField(FILTER_SCHEMA, {
    description: `Which conversations. This, \`ids\`, or both. ${FILTER_ALIASES_DESCRIPTION}`,
    optional: true,
    example: {
      all: [
        { field: 'status', operator: 'equals', value: 'open' },
        { field: 'hours_since_created', operator: 'greater_than', value: 720 },
      ],
    },
  })
  filter?: unknown;

  @NestedField(() => BulkUpdateDto, {
    description: 'What to change about each of them.',
    example: { priority: 'low', add_tags: ['stale'] },
  })
  update: BulkUpdateDto;
}

/** What became of one conversation. */
export class ConversationBulkResultDto extends BulkOutcomeDto {
  @EnumField(['updated', 'failed'], { description: '`updated` is as asked for, whether or not it was before.' })
  status: string;
}

/** A change of many conversations. */
export class ConversationBulkDto extends BulkRunDto {
  @NestedListField(() => ConversationBulkResultDto, {
    description: `Each conversation, when it was done at once; else the first ${MAX_STORED_FAILURES} that could not be changed.`,
    maxItems: MAX_SYNCHRONOUS_BULK_SIZE,
  })
  results: ConversationBulkResultDto[];
}

/** The request in the domain's names, of whom `me` stands for. @throws DomainError BAD_REQUEST for who is neither an id nor `me`. */
export function toBulkUpdateConversationsInput(
  { ids, filter, update }: BulkUpdateConversationsDto,
  me: string | null,
): BulkUpdateConversationsInput {
  const { add_tags: addTags, remove_tags: removeTags } = update;
  return {
    ids: ids ?? undefined,
    filter,
    me,
    update: {
      ...toUpdateConversationInput(update, me, 'update.'),
      ...(addTags && { addTags }),
      ...(removeTags && { removeTags }),
    },
  };
}

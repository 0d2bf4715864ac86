import { MAX_TAGS } from '@parley/identity';
import { BulkOutcomeDto, BulkPreviewDto, BulkRunDto, MAX_SYNCHRONOUS_BULK_SIZE } from '@parley/kernel/bulk';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  BooleanField,
  EnumField,
  UuidListField,
  NestedField,
  NestedListField,
  StringListField,
  AnyJsonField,
} from '@parley/kernel/http';
import { FILTER_ALIASES_DESCRIPTION } from '../../conversations/filter-aliases.js';
import { ConversationFieldsDto, toUpdateConversationInput } from '../../conversations/dto/update-conversation.dto.js';
import { MAX_STORED_FAILURES } from '../conversation-bulk.service.js';
import type { BulkUpdateConversationsInput } from '../conversation-bulk-request-builder.service.js';

/** Fields to update in each conversation. Omitted fields stay unchanged. */
export class BulkUpdateDto extends ConversationFieldsDto {
  @StringListField({
    description: 'Tags to add. Applied after `tags`.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: ['checked'],
  })
  add_tags?: string[];

  @StringListField({
    description: 'Tags to remove.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: [],
  })
  remove_tags?: string[];
}

/** Request of a bulk update. */
export class BulkUpdateConversationsDto {
  @UuidListField({
    description:
      'IDs of the conversations to update. With `filter`, only those that also match the filter are updated.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: 10_000,
    example: ['0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'],
  })
  ids?: string[] | null;

  @AnyJsonField(FILTER_SCHEMA, {
    description:
      'Filter for the conversations to update. Pass `filter`, `ids`, or both. ' + `${FILTER_ALIASES_DESCRIPTION}`,
    optional: true,
    prefill: false,
    example: {
      all: [
        { field: 'status', operator: 'equals', value: 'open' },
        { field: 'hours_since_created', operator: 'greater_than', value: 720 },
      ],
    },
  })
  filter?: unknown;

  @NestedField(() => BulkUpdateDto, {
    description: 'Fields to update in each conversation.',
    example: { priority: 'low', add_tags: ['stale'] },
  })
  update: BulkUpdateDto;

  @BooleanField({
    description:
      'If true, changes nothing and returns the number of conversations and a sample of the changes. Default: false.',
    optional: true,
    prefill: false,
    example: true,
  })
  dry_run?: boolean;
}

/** Result for one conversation. */
export class ConversationBulkResultDto extends BulkOutcomeDto {
  @EnumField(['updated', 'unchanged', 'skipped', 'failed'], {
    description:
      'Result. `updated` includes conversations that already had the requested values. `skipped`: an undo left the ' +
      'conversation as it is.',
  })
  status: string;
}

const RESULTS_DESCRIPTION =
  'Result for each conversation if the update ran at once; otherwise the first ' +
  `${MAX_STORED_FAILURES} conversations that failed or were skipped.`;

/** Bulk update of conversations. */
export class ConversationBulkDto extends BulkRunDto {
  @NestedListField(() => ConversationBulkResultDto, {
    description: RESULTS_DESCRIPTION,
    maxItems: MAX_SYNCHRONOUS_BULK_SIZE,
  })
  results: ConversationBulkResultDto[];
}

/** New bulk update of conversations, or the result of a dry run. */
export class ConversationBulkUpdateResultDto extends BulkPreviewDto {
  @NestedListField(() => ConversationBulkResultDto, {
    description: RESULTS_DESCRIPTION,
    maxItems: MAX_SYNCHRONOUS_BULK_SIZE,
  })
  results: ConversationBulkResultDto[];
}

/**
 * Maps the request to the service input; `me` refers to the given user.
 * @throws DomainError BAD_REQUEST for a user reference that is neither an id nor `me`.
 */
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
      ...toUpdateConversationInput(update, me, ['update']),
      ...(addTags && { addTags }),
      ...(removeTags && { removeTags }),
    },
  };
}

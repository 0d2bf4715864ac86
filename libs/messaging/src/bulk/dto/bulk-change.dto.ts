import { Choice, FILTER_SCHEMA, Id, IdList, Integer, Nested, NestedList, Text, TextList, Time, Unchecked } from '@parley/kernel';
import { MOST_TAGS } from '../../conversations/conversation-edit.service.js';
import { toConversationEdit, UpdateConversationDto } from '../../conversations/dto/edit-conversation.dto.js';
import { MOST_AT_ONCE, MOST_FAILURES_KEPT, type BulkChangeView } from '../bulk-change.view.js';
import type { WantedBulkChange } from '../bulk-changes.service.js';

/** What to change about each conversation; what is left out stays as it is. */
export class BulkUpdateDto extends UpdateConversationDto {
  @TextList({ description: 'Tags to add; come after `tags`.', optional: true, maxItems: MOST_TAGS, minLength: 1, maxLength: 100, example: ['checked'] })
  add_tags?: string[];

  @TextList({ description: 'Tags to take off.', optional: true, maxItems: MOST_TAGS, minLength: 1, maxLength: 100, example: [] })
  remove_tags?: string[];
}

/** Conversations to change. */
export class BulkConversationsDto {
  @IdList({ description: 'Which conversations. With a filter as well, only those of them that pass it.', optional: true, nullable: true, minItems: 1, maxItems: 10_000, example: null })
  ids?: string[] | null;

  @Unchecked(FILTER_SCHEMA, { description: 'Which conversations. This, `ids`, or both.', optional: true, example: { all: [{ field: 'status', operator: 'equals', value: 'open' }, { field: 'hours_since_created', operator: 'greater_than', value: 720 }] } })
  filter?: unknown;

  @Nested(() => BulkUpdateDto, { description: 'What to change about each of them.', example: { priority: 'low', add_tags: ['stale'] } })
  update: BulkUpdateDto;
}

/** Why a conversation was not changed. */
export class ConversationBulkErrorDto {
  @Text({ description: 'Code of the error.', example: 'UNPROCESSABLE' })
  code: string;

  @Text({ description: 'What is wrong.', max: 2000, example: 'A closed conversation cannot become pending' })
  message: string;
}

/** What became of one conversation. */
export class ConversationBulkResultDto {
  @Id({ description: 'Id of the conversation.' })
  id: string;

  @Choice(['updated', 'failed'], { description: '`updated` is as asked for, whether or not it was before.' })
  status: string;

  @Nested(() => ConversationBulkErrorDto, { description: 'Why it was not changed.', nullable: true, example: null })
  error: ConversationBulkErrorDto | null;
}

/** A change of many conversations. */
export class ConversationBulkDto {
  @Id({ description: 'Id to ask for its progress by; kept for 30 days.' })
  id: string;

  @Choice(['running', 'completed'], { description: 'Whether work goes on.', example: 'completed' })
  status: string;

  @Integer({ description: 'Conversations in all.', example: 1 })
  total: number;

  @Integer({ description: 'Conversations that are now as asked for.', example: 1 })
  succeeded: number;

  @Integer({ description: 'Conversations that could not be changed.', example: 0 })
  failed: number;

  @NestedList(() => ConversationBulkResultDto, { description: `Each conversation, when it was done at once; else the first ${MOST_FAILURES_KEPT} that could not be changed.`, maxItems: MOST_AT_ONCE })
  results: ConversationBulkResultDto[];

  @Time({ description: 'When it began.' })
  created_at: string;

  @Time({ description: 'When it was completed.', nullable: true })
  completed_at: string | null;
}

/** The request in the domain's names. */
export function toWantedBulkChange({ ids, filter, update }: BulkConversationsDto): WantedBulkChange {
  const { add_tags: addTags, remove_tags: removeTags } = update;
  return { ids: ids ?? undefined, filter, edit: { ...toConversationEdit(update), ...(addTags && { addTags }), ...(removeTags && { removeTags }) } };
}

/** Puts a change of many conversations on the wire. */
export function toBulkChangeDto({ id, status, total, succeeded, failed, results, createdAt, completedAt }: BulkChangeView): ConversationBulkDto {
  return { id, status, total, succeeded, failed, results: results as ConversationBulkResultDto[], created_at: createdAt, completed_at: completedAt };
}

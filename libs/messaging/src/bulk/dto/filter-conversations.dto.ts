import { FILTER_SCHEMA } from '@parley/kernel/filter';
import { EnumField, IntegerField, StringField, AnyJsonField } from '@parley/kernel/http';
import { FILTER_ALIASES_DESCRIPTION } from '../../conversations/filter-aliases.js';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../conversations/conversations-filter.js';

/** Filter, order and page of a conversation list. */
export class FilterConversationsDto {
  @AnyJsonField(FILTER_SCHEMA, {
    description:
      `Filter for the conversations to list. ${FILTER_ALIASES_DESCRIPTION} \`me\` requires a user ` + 'credential.',
    example: {
      all: [
        { field: 'status', operator: 'in', value: ['open', 'pending'] },
        { field: 'contact.email', operator: 'ends_with', value: '@example.com' },
      ],
    },
  })
  filter: unknown;

  @EnumField(CONVERSATION_ORDERS, { description: 'Field to sort by. Default: `last_activity_at`.', optional: true })
  order_by?: ConversationOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Sort direction of `order_by`. Default: `desc`.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @IntegerField({
    description: 'Maximum number of conversations to return. Default: 20.',
    optional: true,
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerField({
    description: 'Number of conversations to skip. Default: 0.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 0,
  })
  offset?: number;

  @StringField({
    description: '`meta.next_cursor` of the previous page. Can only be combined with `limit`.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  cursor?: string | null;
}

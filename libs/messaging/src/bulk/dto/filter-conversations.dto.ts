import { FILTER_SCHEMA } from '@parley/kernel/filter';
import { EnumField, IntegerField, StringField, AnyJsonField } from '@parley/kernel/http';
import { FILTER_ALIASES_DESCRIPTION } from '../../conversations/filter-aliases.js';
import { CONVERSATION_ORDERS, type ConversationOrder } from '../../conversations/conversations-filter.js';

/** Which conversations to list, and which page of them. */
export class FilterConversationsDto {
  @AnyJsonField(FILTER_SCHEMA, {
    description: `Which conversations. ${FILTER_ALIASES_DESCRIPTION} The key of a service is nobody, so it cannot say \`me\`.`,
    example: {
      all: [
        { field: 'status', operator: 'in', value: ['open', 'pending'] },
        { field: 'contact.email', operator: 'ends_with', value: '@example.com' },
      ],
    },
  })
  filter: unknown;

  @EnumField(CONVERSATION_ORDERS, { description: 'What to order by. Default last_activity_at.', optional: true })
  order_by?: ConversationOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Direction of `order_by`. Default desc.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @IntegerField({
    description: 'Most conversations to return. Default 20.',
    optional: true,
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerField({
    description: 'Conversations to skip from the start. Default 0.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 0,
  })
  offset?: number;

  @StringField({
    description: '`meta.next_cursor` of the page before; goes with `limit` only.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  cursor?: string | null;
}

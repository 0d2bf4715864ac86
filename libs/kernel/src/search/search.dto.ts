import { badRequestError } from '../errors/domain-error.js';
import {
  BooleanField,
  UuidField,
  IntegerField,
  NestedField,
  NestedListField,
  IntegerQueryField,
  ListQueryField,
  StringField,
  DateField,
} from '../http/fields.js';
import { isUuid } from '../ids/ids.js';
import { ArticleHitDto, ContactHitDto, ConversationHitDto, MessageHitDto, SearchHitDto } from './search-hits.dto.js';
import { SEARCH_TYPES, type SearchResult, type SearchFilter, type SearchType } from './searchable.js';

/** Query of a search. */
export class SearchQueryDto {
  @StringField({
    description:
      'Search terms. All of them must occur in the same place: the subject, one message, the contact, or one ' +
      'article. The last term can be incomplete if it has at least three letters. Supports `"exact phrases"`, ' +
      '`or`, and `-excluded` terms.',
    example: 'billing issue',
    min: 1,
    max: 300,
  })
  q: string;

  @ListQueryField({
    description: 'Types of objects to search. Default: all except `message`.',
    values: SEARCH_TYPES,
    example: 'conversation',
  })
  type?: string[];

  @IntegerQueryField({
    description: 'Maximum number of results of each type. Default: 20.',
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @ListQueryField({
    description: 'Conversation statuses. Applies to conversations and messages only.',
    example: 'open,pending',
  })
  status?: string[];

  @UuidField({ description: 'ID of an inbox. Applies to conversations and messages only.', optional: true })
  inbox?: string;

  @StringField({
    description: 'ID of the assigned user, or `me`. Applies to conversations and messages only.',
    optional: true,
    max: 36,
    example: 'me',
  })
  assignee?: string;

  @UuidField({ description: 'ID of a contact. Applies to conversations and messages only.', optional: true })
  contact?: string;

  @DateField({ description: 'Only conversations and messages created at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only conversations and messages created before this time.', optional: true })
  created_before?: string;
}

/**
 * Reads the filter of a search; `me` is the calling user, or null for a service key. @throws DomainError BAD_REQUEST
 * for an invalid assignee.
 */
export function toSearchFilter(query: SearchQueryDto, me: string | null): SearchFilter {
  const { assignee } = query;
  if (assignee === 'me' && me === null)
    throw badRequestError({
      assignee: ['assignee cannot be "me" because a service key has no user; use the ID of a user'],
    });
  if (assignee !== undefined && assignee !== 'me' && !isUuid(assignee))
    throw badRequestError({ assignee: ['assignee must be a UUID or "me"'] });
  return {
    status: query.status,
    inbox: query.inbox,
    assignee: assignee === 'me' ? me! : assignee,
    contact: query.contact,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
}

/** Search results by type. */
export class SearchDataDto {
  @NestedListField(() => ConversationHitDto, { description: 'Conversations, best match first.' })
  conversations: ConversationHitDto[];

  @NestedListField(() => MessageHitDto, {
    description: 'Messages, best match first. Empty unless `type` contains `message`.',
  })
  messages: MessageHitDto[];

  @NestedListField(() => ContactHitDto, { description: 'Contacts, best match first.' })
  contacts: ContactHitDto[];

  @NestedListField(() => SearchHitDto, { description: 'Tickets, best match first.' })
  tickets: SearchHitDto[];

  @NestedListField(() => ArticleHitDto, { description: 'Articles, best match first.' })
  articles: ArticleHitDto[];
}

/** Number of results by type. */
export class SearchTotalsDto {
  @IntegerField({ description: 'Number of conversations.', example: 3 })
  conversations: number;

  @IntegerField({ description: 'Number of messages. 0 unless `type` contains `message`.', example: 0 })
  messages: number;

  @IntegerField({ description: 'Number of contacts.', example: 1 })
  contacts: number;

  @IntegerField({ description: 'Number of tickets.', example: 0 })
  tickets: number;

  @IntegerField({ description: 'Number of articles.', example: 1 })
  articles: number;
}

/** Totals of a search. */
export class SearchMetaDto {
  @IntegerField({ description: 'Number of matching objects, including those beyond `limit`.', example: 5 })
  total_results: number;

  @NestedField(() => SearchTotalsDto, { description: 'Number of matching objects by type.' })
  totals: SearchTotalsDto;

  @BooleanField({
    description:
      'True if there may be more results: if very many objects contain the words, only the newest and best of ' +
      'them are ranked and counted.',
    example: false,
  })
  total_is_estimate: boolean;
}

/** Response of a search. */
export class SearchResponseDto {
  @NestedField(() => SearchDataDto, { description: 'Search results by type.' })
  data: SearchDataDto;

  @NestedField(() => SearchMetaDto, { description: 'Totals.' })
  meta: SearchMetaDto;
}

/** Maps search results to their wire format. */
export function toSearchResponseDto({
  conversation,
  message,
  contact,
  ticket,
  article,
}: Readonly<Record<SearchType, SearchResult>>): SearchResponseDto {
  const results = {
    conversations: conversation,
    messages: message,
    contacts: contact,
    tickets: ticket,
    articles: article,
  };
  const mapResults = <T>(select: (result: SearchResult) => T): Record<keyof SearchDataDto, T> =>
    Object.fromEntries(Object.entries(results).map(([kind, result]) => [kind, select(result)])) as Record<
      keyof SearchDataDto,
      T
    >;
  const totals = mapResults(({ total }) => total);
  return {
    data: mapResults(({ hits }) => hits) as unknown as SearchDataDto,
    meta: {
      total_results: Object.values(totals).reduce((sum, total) => sum + total, 0),
      totals,
      total_is_estimate: Object.values(results).some(({ totalIsEstimate }) => totalIsEstimate),
    },
  };
}

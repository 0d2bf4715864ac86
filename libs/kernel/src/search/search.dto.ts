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

/** What to search for. */
export class SearchQueryDto {
  @StringField({
    description:
      'Words to find. All of them must occur in the same place: the subject, one message, the contact, or one article; the last one may be unfinished from its third letter on. Takes "exact phrases", `or`, and -words to leave out.',
    example: 'billing issue',
    min: 1,
    max: 300,
  })
  q: string;

  @ListQueryField({
    description: 'Kinds of objects to search; default all but messages.',
    values: SEARCH_TYPES,
    example: 'conversation',
  })
  type?: string[];

  @IntegerQueryField({ description: 'Most hits of each kind. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @ListQueryField({
    description: 'Of conversations and messages, only these statuses of the conversation.',
    example: 'open,pending',
  })
  status?: string[];

  @UuidField({ description: 'Of conversations and messages, only from this inbox.', optional: true })
  inbox?: string;

  @StringField({
    description: 'Of conversations and messages, only what is assigned to this user: an id, or `me`.',
    optional: true,
    max: 36,
    example: 'me',
  })
  assignee?: string;

  @UuidField({ description: 'Of conversations and messages, only with this contact.', optional: true })
  contact?: string;

  @DateField({ description: 'Only messages written, and conversations begun, at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only messages written, and conversations begun, before this time.', optional: true })
  created_before?: string;
}

/** What was asked beside the words, by the user `me` or by a service. @throws DomainError BAD_REQUEST for an assignee who is nobody. */
export function toSearchFilter(query: SearchQueryDto, me: string | null): SearchFilter {
  const { assignee } = query;
  if (assignee === 'me' && me === null)
    throw badRequestError({ assignee: ["assignee cannot be me: this key is a service's, which is nobody"] });
  if (assignee !== undefined && assignee !== 'me' && !isUuid(assignee))
    throw badRequestError({ assignee: ['assignee must be a UUID or me'] });
  return {
    status: query.status,
    inbox: query.inbox,
    assignee: assignee === 'me' ? me! : assignee,
    contact: query.contact,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
}

/** Hits by kind. */
export class SearchDataDto {
  @NestedListField(() => ConversationHitDto, { description: 'Conversations, best first.' })
  conversations: ConversationHitDto[];

  @NestedListField(() => MessageHitDto, { description: 'Messages, best first; empty unless asked for.' })
  messages: MessageHitDto[];

  @NestedListField(() => ContactHitDto, { description: 'Contacts, best first.' })
  contacts: ContactHitDto[];

  @NestedListField(() => SearchHitDto, { description: 'Tickets, best first.' })
  tickets: SearchHitDto[];

  @NestedListField(() => ArticleHitDto, { description: 'Articles, best first.' })
  articles: ArticleHitDto[];
}

/** How many of each kind were found. */
export class SearchTotalsDto {
  @IntegerField({ description: 'Conversations found.', example: 3 })
  conversations: number;

  @IntegerField({ description: 'Messages found; 0 unless asked for.', example: 0 })
  messages: number;

  @IntegerField({ description: 'Contacts found.', example: 1 })
  contacts: number;

  @IntegerField({ description: 'Tickets found.', example: 0 })
  tickets: number;

  @IntegerField({ description: 'Articles found.', example: 1 })
  articles: number;
}

/** How much was found. */
export class SearchMetaDto {
  @IntegerField({ description: 'How much was found in all, whether or not this answer has room for it.', example: 5 })
  total_results: number;

  @NestedField(() => SearchTotalsDto, { description: 'The same by kind.' })
  totals: SearchTotalsDto;

  @BooleanField({
    description:
      'Whether there may be more: of words that very many have, only the newest and best are weighed and counted.',
    example: false,
  })
  total_is_estimate: boolean;
}

/** What was found. */
export class SearchResponseDto {
  @NestedField(() => SearchDataDto, { description: 'Hits by kind.' })
  data: SearchDataDto;

  @NestedField(() => SearchMetaDto, { description: 'How much was found.' })
  meta: SearchMetaDto;
}

/** Puts what was found on the wire. */
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

import { badRequest } from '../errors/domain-error.js';
import { Flag, Id, Integer, Nested, NestedList, QueryInteger, QueryList, Text, Time } from '../http/fields.js';
import { isUuid } from '../ids/ids.js';
import { ArticleHitDto, ContactHitDto, ConversationHitDto, MessageHitDto, SearchHitDto } from './search-hits.dto.js';
import { SEARCH_TYPES, type Findings, type SearchFilter, type SearchType } from './searchable.js';

/** What to search for. */
export class SearchQueryDto {
  @Text({
    description:
      'Words to find. All of them must occur in the same place: the subject, one message, the contact, or one article; the last one may be unfinished from its third letter on. Takes "exact phrases", `or`, and -words to leave out.',
    example: 'billing issue',
    min: 1,
    max: 300,
  })
  q: string;

  @QueryList({
    description: 'Kinds of objects to search; default all but messages.',
    values: SEARCH_TYPES,
    example: 'conversation',
  })
  type?: string[];

  @QueryInteger({ description: 'Most hits of each kind. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @QueryList({
    description: 'Of conversations and messages, only these statuses of the conversation.',
    example: 'open,pending',
  })
  status?: string[];

  @Id({ description: 'Of conversations and messages, only from this inbox.', optional: true })
  inbox?: string;

  @Text({
    description: 'Of conversations and messages, only what is assigned to this user: an id, or `me`.',
    optional: true,
    max: 36,
    example: 'me',
  })
  assignee?: string;

  @Id({ description: 'Of conversations and messages, only with this contact.', optional: true })
  contact?: string;

  @Time({ description: 'Only messages written, and conversations begun, at or after this time.', optional: true })
  created_after?: string;

  @Time({ description: 'Only messages written, and conversations begun, before this time.', optional: true })
  created_before?: string;
}

/** What was asked beside the words, by the user `me` or by a service. @throws DomainError BAD_REQUEST for an assignee who is nobody. */
export function toSearchFilter(query: SearchQueryDto, me: string | null): SearchFilter {
  const { assignee } = query;
  if (assignee === 'me' && me === null)
    throw badRequest({ assignee: ["assignee cannot be me: this key is a service's, which is nobody"] });
  if (assignee !== undefined && assignee !== 'me' && !isUuid(assignee))
    throw badRequest({ assignee: ['assignee must be a UUID or me'] });
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
  @NestedList(() => ConversationHitDto, { description: 'Conversations, best first.' })
  conversations: ConversationHitDto[];

  @NestedList(() => MessageHitDto, { description: 'Messages, best first; empty unless asked for.' })
  messages: MessageHitDto[];

  @NestedList(() => ContactHitDto, { description: 'Contacts, best first.' })
  contacts: ContactHitDto[];

  @NestedList(() => SearchHitDto, { description: 'Tickets, best first.' })
  tickets: SearchHitDto[];

  @NestedList(() => ArticleHitDto, { description: 'Articles, best first.' })
  articles: ArticleHitDto[];
}

/** How many of each kind were found. */
export class SearchTotalsDto {
  @Integer({ description: 'Conversations found.', example: 3 })
  conversations: number;

  @Integer({ description: 'Messages found; 0 unless asked for.', example: 0 })
  messages: number;

  @Integer({ description: 'Contacts found.', example: 1 })
  contacts: number;

  @Integer({ description: 'Tickets found.', example: 0 })
  tickets: number;

  @Integer({ description: 'Articles found.', example: 1 })
  articles: number;
}

/** How much was found. */
export class SearchMetaDto {
  @Integer({ description: 'How much was found in all, whether or not this answer has room for it.', example: 5 })
  total_results: number;

  @Nested(() => SearchTotalsDto, { description: 'The same by kind.' })
  totals: SearchTotalsDto;

  @Flag({
    description:
      'Whether there may be more: of words that very many have, only the newest and best are weighed and counted.',
    example: false,
  })
  total_is_estimate: boolean;
}

/** What was found. */
export class SearchAnswerDto {
  @Nested(() => SearchDataDto, { description: 'Hits by kind.' })
  data: SearchDataDto;

  @Nested(() => SearchMetaDto, { description: 'How much was found.' })
  meta: SearchMetaDto;
}

/** Puts what was found on the wire. */
export function toSearchAnswer({
  conversation,
  message,
  contact,
  ticket,
  article,
}: Readonly<Record<SearchType, Findings>>): SearchAnswerDto {
  const found = {
    conversations: conversation,
    messages: message,
    contacts: contact,
    tickets: ticket,
    articles: article,
  };
  const each = <T>(tell: (findings: Findings) => T): Record<keyof SearchDataDto, T> =>
    Object.fromEntries(Object.entries(found).map(([kind, findings]) => [kind, tell(findings)])) as Record<
      keyof SearchDataDto,
      T
    >;
  const totals = each(({ total }) => total);
  return {
    data: each(({ hits }) => hits) as unknown as SearchDataDto,
    meta: {
      total_results: Object.values(totals).reduce((sum, total) => sum + total, 0),
      totals,
      total_is_estimate: Object.values(found).some(({ totalIsEstimate }) => totalIsEstimate),
    },
  };
}

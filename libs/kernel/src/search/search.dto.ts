import { Decimal, Id, Integer, Nested, NestedList, QueryInteger, QueryList, Text, Time } from '../http/fields.js';
import { SEARCH_TYPES, type SearchFilter } from './searchable.js';

/** What to search for. */
export class SearchQueryDto {
  @Text({ description: 'Words to find. All of them must occur; the last one may be unfinished from its third letter on. Takes "exact phrases", `or`, and -words to leave out.', example: 'billing issue', min: 1, max: 300 })
  q: string;

  @QueryList({ description: 'Kinds of objects to search; default all but messages.', values: SEARCH_TYPES, example: 'conversation' })
  type?: string[];

  @QueryInteger({ description: 'Most hits of each kind. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @QueryList({ description: 'Of conversations and messages, only these statuses of the conversation.', example: 'open,pending' })
  status?: string[];

  @Id({ description: 'Of conversations and messages, only from this inbox.', optional: true })
  inbox?: string;

  @Id({ description: 'Of conversations and messages, only what is assigned to this user.', optional: true })
  assignee?: string;

  @Id({ description: 'Of conversations and messages, only with this contact.', optional: true })
  contact?: string;

  @Time({ description: 'Only messages written, and conversations begun, at or after this time.', optional: true })
  created_after?: string;

  @Time({ description: 'Only messages written, and conversations begun, before this time.', optional: true })
  created_before?: string;
}

/** What was asked beside the words. */
export function toSearchFilter(query: SearchQueryDto): SearchFilter {
  return { status: query.status, inbox: query.inbox, assignee: query.assignee, contact: query.contact, createdAfter: query.created_after, createdBefore: query.created_before };
}

/** One object found. */
export class SearchHitDto {
  @Id({ description: 'Id of the object.' })
  id: string;

  @Decimal({ description: 'Greater is better; comparable within one kind.', example: 0.61 })
  rank: number;

  @Text({ description: 'Where the words were found, with `<mark>` around them and all else HTML-escaped.', example: 'The <mark>billing</mark> page is empty', max: 2000 })
  highlight: string;

  [field: string]: unknown;
}

/** Hits by kind. */
export class SearchDataDto {
  @NestedList(() => SearchHitDto, { description: 'Conversations, best first.' })
  conversations: SearchHitDto[];

  @NestedList(() => SearchHitDto, { description: 'Messages, best first; empty unless asked for.' })
  messages: SearchHitDto[];

  @NestedList(() => SearchHitDto, { description: 'Contacts, best first.' })
  contacts: SearchHitDto[];

  @NestedList(() => SearchHitDto, { description: 'Tickets, best first.' })
  tickets: SearchHitDto[];

  @NestedList(() => SearchHitDto, { description: 'Articles, best first.' })
  articles: SearchHitDto[];
}

/** How much was found. */
export class SearchMetaDto {
  @Integer({ description: 'Hits in this answer.', example: 3 })
  total_results: number;
}

/** What was found. */
export class SearchAnswerDto {
  @Nested(() => SearchDataDto, { description: 'Hits by kind.' })
  data: SearchDataDto;

  @Nested(() => SearchMetaDto, { description: 'How much was found.' })
  meta: SearchMetaDto;
}

import { Decimal, Id, Integer, Nested, NestedList, QueryInteger, QueryList, Text } from '../http/fields.js';
import { SEARCH_TYPES } from './searchable.js';

/** What to search for. */
export class SearchQueryDto {
  @Text({ description: 'Words to find. All of them must occur; the last one may be unfinished.', example: 'billing issue', min: 1, max: 300 })
  q: string;

  @QueryList({ description: 'Kinds of objects to search; default all.', values: SEARCH_TYPES, example: 'conversation' })
  type?: string[];

  @QueryInteger({ description: 'Most hits of each kind. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;
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

import { defineSearchType } from '@parley/kernel/search';
import { ConversationHitDto, MessageHitDto } from './dto/search-hits.dto.js';
import { SearchFilterQueryDto, toSearchFilter } from './dto/search-filter-query.dto.js';
import type { SearchFilter } from './search-filter.js';

const filter = { query: SearchFilterQueryDto, parse: toSearchFilter };

/** Conversations in the search. */
export const CONVERSATION_SEARCH = defineSearchType<SearchFilter>('conversation', {
  plural: 'conversations',
  description:
    'conversations by number (`12` or `#12`), subject, text of their messages and notes, and name or address of ' +
    'their contact',
  scope: 'search:read',
  hit: ConversationHitDto,
  filter,
});

/** Messages in the search. Only on request, because conversations are also found by their messages. */
export const MESSAGE_SEARCH = defineSearchType<SearchFilter>('message', {
  plural: 'messages',
  description:
    'messages and notes by text; if more than 100 contain the words, the newest 100 to 500 of them are ranked',
  scope: 'search:read',
  hit: MessageHitDto,
  filter,
  onRequestOnly: true,
});

import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal } from '../auth/current-principal.js';
import type { Principal } from '../context/request-context.js';
import { Operation } from '../http/operation.js';
import { SearchAnswerDto, SearchQueryDto, toSearchFilter } from './search.dto.js';
import { SearchService } from './search.service.js';
import { SEARCH_TYPES, type SearchType } from './searchable.js';

/** Messages lead to the conversations that are found by them anyway. */
const USUAL_TYPES = SEARCH_TYPES.filter((type) => type !== 'message');

/** Finds objects by words. */
@ApiTags('Kernel')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Operation({
    summary: 'Search everything',
    description: 'Finds conversations by their subject, the words of their messages (notes too) and the name or address of their contact, contacts by name and address, and articles by title and text; best first, the newer before the older, with the words marked. '
      + 'A mistyped letter in a name or address does no harm. Of words that very many messages have, only the newest of those messages are weighed. Messages themselves are searched only when asked for with `type`.',
    access: 'search:read', answer: { bare: SearchAnswerDto },
  })
  async find(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: SearchQueryDto): Promise<SearchAnswerDto> {
    const types = (query.type ?? USUAL_TYPES) as readonly SearchType[];
    const found = await this.search.search(workspaceId, query.q, types, query.limit ?? 20, toSearchFilter(query));
    const data = { conversations: found.conversation, messages: found.message, contacts: found.contact, tickets: found.ticket, articles: found.article };
    return { data, meta: { total_results: Object.values(data).reduce((sum, hits) => sum + hits.length, 0) } };
  }
}

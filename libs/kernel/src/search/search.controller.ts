import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal } from '../auth/current-principal.js';
import type { Principal } from '../context/request-context.js';
import { Operation } from '../http/operation.js';
import { SearchAnswerDto, SearchQueryDto } from './search.dto.js';
import { SearchService } from './search.service.js';
import { SEARCH_TYPES, type SearchType } from './searchable.js';

/** Finds objects by words. */
@ApiTags('Kernel')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Operation({
    summary: 'Search everything',
    description: 'Finds conversations by their subject and the words of their messages, contacts by name and address, and articles by title and text; best first, with the words marked.',
    access: 'search:read', answer: { bare: SearchAnswerDto },
  })
  async find(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: SearchQueryDto): Promise<SearchAnswerDto> {
    const types = (query.type ?? SEARCH_TYPES) as readonly SearchType[];
    const found = await this.search.search(workspaceId, query.q, types, query.limit ?? 20);
    const data = { conversations: found.conversation, contacts: found.contact, tickets: found.ticket, articles: found.article };
    return { data, meta: { total_results: Object.values(data).reduce((sum, hits) => sum + hits.length, 0) } };
  }
}

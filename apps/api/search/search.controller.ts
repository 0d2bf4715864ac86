import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { Operation } from '@parley/kernel/http';
import { SearchService } from '@parley/kernel/search';
import { SEARCH_TYPES_DESCRIPTION, SearchQueryDto, SearchResponseDto, toSearchResponseDto } from './search.dto.js';

const DEFAULT_LIMIT = 20;

/** Searches objects of all domains by text. */
@ApiTags('Search')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Operation({
    summary: 'Search all objects',
    description:
      `Finds objects of these types:\n\n${SEARCH_TYPES_DESCRIPTION}\n\n` +
      'All terms must occur in the same text of an object. Results are sorted by relevance, then newest first, with ' +
      'the matching words marked.',
    access: 'search:read',
    response: { raw: SearchResponseDto },
  })
  async find(@CurrentPrincipal() principal: Principal, @Query() query: SearchQueryDto): Promise<SearchResponseDto> {
    const { q, type, limit = DEFAULT_LIMIT } = query;
    return toSearchResponseDto(
      await this.search.search(principal, { query: q, types: type, limit, parameters: query }),
    );
  }
}

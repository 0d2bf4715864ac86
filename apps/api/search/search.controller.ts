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
      'the matching words marked.\n\n' +
      'Words are compared without case, accents, and Arabic and Hebrew marks; `ß` equals `ss`, full-width characters ' +
      'equal their usual forms. Links, e-mail addresses and numbers with hyphens are found as a whole and by their ' +
      'parts: `ORD-2024-00917` by `00917`. Chinese, Japanese, Thai, Lao, Khmer and Burmese text is found by any part ' +
      'of it, emoji one by one. `#42` finds this text and the conversation with the number.\n\n' +
      'The search starts with the newest messages and stops when it has found enough of them: ranking and totals of ' +
      'messages cover at least the newest 100 matches, at most 500, or 2,000 with a filter on `status`, `inbox`, ' +
      '`assignee` or `contact`; for subjects, at least 100 and at most 200. `total_is_estimate` is then true.',
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

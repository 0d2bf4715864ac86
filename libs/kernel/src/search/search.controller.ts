import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal } from '../auth/current-principal.js';
import type { Principal } from '../context/request-context.js';
import { Operation } from '../http/operation.js';
import { SearchResponseDto, SearchQueryDto, toSearchResponseDto, toSearchFilter } from './search.dto.js';
import { SearchService } from './search.service.js';
import { SEARCH_TYPES, type SearchType } from './searchable.js';

/** Messages lead to the conversations that are found by them anyway. */
const DEFAULT_TYPES = SEARCH_TYPES.filter((type) => type !== 'message');

/** Finds objects by words. */
@ApiTags('Search')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Operation({
    summary: 'Search everything',
    description:
      'Finds conversations by their number (`12`, or `#12` for that alone), by their subject, by the words of a message (notes too) and by the name or address of their contact; contacts by name and address, and articles by title and text; best first, the newer before the older, with the words marked. ' +
      'All words must stand in the same place: in the subject, in one message, in what is known of the contact, or in one article. A mistyped letter in a name or address does no harm. Of words that very many messages have, only the newest of those messages are weighed. Messages themselves are searched only when asked for with `type`.',
    access: 'search:read',
    response: { raw: SearchResponseDto },
  })
  async find(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: SearchQueryDto,
  ): Promise<SearchResponseDto> {
    const types = (query.type ?? DEFAULT_TYPES) as readonly SearchType[];
    const results = await this.search.search(
      workspaceId,
      query.q,
      types,
      query.limit ?? 20,
      toSearchFilter(query, userId),
    );
    return toSearchResponseDto(results);
  }
}

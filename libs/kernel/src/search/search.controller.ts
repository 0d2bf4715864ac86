import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal } from '../auth/current-principal.js';
import type { Principal } from '../context/request-context.js';
import { Operation } from '../http/operation.js';
import { SearchResponseDto, SearchQueryDto, toSearchResponseDto, toSearchFilter } from './search.dto.js';
import { SearchService } from './search.service.js';
import { SEARCH_TYPES, type SearchType } from './searchable.js';

/** Message results are excluded by default, because conversations are also found by their messages. */
const DEFAULT_TYPES = SEARCH_TYPES.filter((type) => type !== 'message');

/** Searches objects by text. */
@ApiTags('Search')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Operation({
    summary: 'Search all objects',
    description:
      'Finds conversations by number (`12`, or `#12` for the number only), by subject, by the text of their ' +
      'messages and notes, and by the name or address of their contact; contacts by name and address; and ' +
      'articles by title and text. Messages are returned only if `type` contains `message`. All words must ' +
      'occur in the same place: in the subject, in one message, in the data of the contact, or in one article. ' +
      'Names and addresses are also found with a typing error. If very many messages contain the words, only ' +
      'the newest of them are ranked. Results are sorted by relevance, then newest first, with the matching ' +
      'words marked.',
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

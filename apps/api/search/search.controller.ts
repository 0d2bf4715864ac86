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
      "Words are compared without case, accents, and Arabic and Hebrew marks; `ß` equals `ss`, `’` equals `'`, `№` equals " +
      '`#`, full-width characters equal their usual forms. Links, e-mail addresses and numbers with hyphens are found as a ' +
      'whole and by their parts, but not by the inside of a part: `ORD-2024-00917` by `00917`, not by `0917`. Versions are ' +
      'found with and without `v`. Chinese, Japanese, Thai, Lao, Khmer and Burmese text is found by any part of it, emoji ' +
      'one by one. `#42` finds this text and the conversation with the number. Of the links in HTML messages, the text ' +
      'and the host are found.\n\n' +
      'Numbers in groups are found as they are written. A query that is only a phone number or an IBAN in groups also ' +
      'finds it without spaces, and an IBAN without spaces also finds it in groups of four. A phone number without spaces ' +
      'does not find a text with spaces; contacts are found by phone number in any notation.\n\n' +
      'If the query is the e-mail address or phone number of a contact, similar addresses are not searched, and the ' +
      'conversations of the contact come first.\n\n' +
      'The first 100,000 characters of a message or article are searched, and for phrases, including links and addresses, ' +
      'its first 16,383 words; in text without spaces, each character counts as a word.\n\n' +
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

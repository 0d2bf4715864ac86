import { IntersectionType } from '@nestjs/swagger';
import {
  BooleanField,
  IntegerField,
  IntegerQueryField,
  ListQueryField,
  NestedField,
  NestedListField,
  StringField,
} from '@parley/kernel/http';
import { searchFilters, searchTypes, type SearchHit, type SearchResults } from '@parley/kernel/search';
// The domains declare their search types when they are loaded, before the classes of this file read them.
import '../../domains.js';

const TYPES = searchTypes();
const ON_REQUEST = TYPES.filter(({ onRequestOnly }) => onRequestOnly).map(({ name }) => `\`${name}\``);

/** Query of a search, without the filter parameters of the search types. */
class SearchTermsQueryDto {
  @StringField({
    description:
      'Search terms. All of them must occur in one text of an object: its subject or title, its body, or one of its ' +
      'messages. The last term can be incomplete if it has at least three letters. Supports `"exact phrases"`, ' +
      '`or`, and `-excluded` terms.',
    example: 'billing issue',
    min: 1,
    max: 300,
  })
  q: string;

  @ListQueryField({
    description: `Types of objects to search. Default: all${ON_REQUEST.length > 0 ? ` except ${ON_REQUEST.join(', ')}` : ''}.`,
    values: TYPES.map(({ name }) => name),
    example: 'conversation',
  })
  type?: string[];

  @IntegerQueryField({
    description: 'Maximum number of results of each type. Default: 20.',
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;
}

/** Query of a search: the terms, and the filter parameters of all search types. */
export class SearchQueryDto extends IntersectionType(
  SearchTermsQueryDto,
  ...searchFilters().map(({ query }) => query),
) {}

/** Search results by type. Each search type adds a field. */
export class SearchDataDto {
  [plural: string]: readonly SearchHit[];
}

/** Number of results by type. Each search type adds a field. */
export class SearchTotalsDto {
  [plural: string]: number;
}

for (const { name, plural, hit, onRequestOnly } of TYPES) {
  const label = `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
  const condition = onRequestOnly ? ` unless \`type\` contains \`${name}\`.` : '';
  NestedListField(() => hit, { description: `${label}, best match first.${condition && ` Empty${condition}`}` })(
    SearchDataDto.prototype,
    plural,
  );
  IntegerField({ description: `Number of ${plural}.${condition && ` 0${condition}`}`, example: onRequestOnly ? 0 : 1 })(
    SearchTotalsDto.prototype,
    plural,
  );
}

/** Totals of a search. */
export class SearchMetaDto {
  @IntegerField({ description: 'Number of matching objects, including those beyond `limit`.', example: 5 })
  total_results: number;

  @NestedField(() => SearchTotalsDto, { description: 'Number of matching objects by type.' })
  totals: SearchTotalsDto;

  @BooleanField({
    description:
      'True if there may be more results: if many objects contain the words, only the newest of them are ranked ' +
      'and counted.',
    example: false,
  })
  total_is_estimate: boolean;
}

/** Response of a search. */
export class SearchResponseDto {
  @NestedField(() => SearchDataDto, { description: 'Search results by type.' })
  data: SearchDataDto;

  @NestedField(() => SearchMetaDto, { description: 'Totals.' })
  meta: SearchMetaDto;
}

/** Maps search results to their wire format. */
export function toSearchResponseDto(results: SearchResults): SearchResponseDto {
  return {
    data: Object.fromEntries(results.map(([{ plural }, { hits }]) => [plural, hits])),
    meta: {
      total_results: results.reduce((sum, [, { total }]) => sum + total, 0),
      totals: Object.fromEntries(results.map(([{ plural }, { total }]) => [plural, total])),
      total_is_estimate: results.some(([, { totalIsEstimate }]) => totalIsEstimate),
    },
  };
}

/** The list of search types for the documentation of the operation. */
export const SEARCH_TYPES_DESCRIPTION = TYPES.map(({ name, description }) => `- \`${name}\`: ${description}`).join(
  '\n',
);

import { EnumField, ListQueryField, StringField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ARTICLE_STATUSES } from '../article.view.js';
import { ARTICLE_ORDERS, type ArticleOrder, type ArticlesFilter } from '../articles-filter.js';
import { toLocale } from './write-article.dto.js';

export class ArticleListQueryDto extends TimedPageQueryDto {
  @ListQueryField({
    description: 'Only articles with any of these statuses.',
    values: ARTICLE_STATUSES,
    example: 'published',
  })
  status?: string[];

  @ListQueryField({ description: 'Only articles in any of these languages (BCP 47 tags).', example: 'en' })
  locale?: string[];

  @ListQueryField({ description: 'Only articles with any of these tags, compared without case.', example: 'account' })
  tag?: string[];

  @StringField({
    description:
      'Only articles whose title, description or body contains all of these words. The last word can be incomplete.',
    optional: true,
    min: 1,
    max: 300,
    example: 'password',
  })
  q?: string;

  @EnumField(ARTICLE_ORDERS, { description: 'Sort field. Default: `updated_at`.', optional: true })
  order_by?: ArticleOrder;
}

/** @throws DomainError BAD_REQUEST for an invalid language tag. */
export function toArticlesFilter(query: ArticleListQueryDto): ArticlesFilter {
  return {
    status: query.status,
    locale: query.locale?.map(toLocale),
    tags: query.tag,
    q: query.q,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
    updatedAfter: query.updated_after,
    updatedBefore: query.updated_before,
  };
}

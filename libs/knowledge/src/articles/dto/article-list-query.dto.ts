import { EnumField, ListQueryField, StringField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ARTICLE_STATUSES } from '../article.view.js';
import { ARTICLE_ORDERS, type ArticleOrder, type ArticlesFilter } from '../articles-filter.js';
import { toLocale } from './write-article.dto.js';

/** Which articles to list. */
export class ArticleListQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Only these statuses.', values: ARTICLE_STATUSES, example: 'published' })
  status?: string[];

  @ListQueryField({ description: 'Only these languages, as BCP 47 tags.', example: 'en' })
  locale?: string[];

  @ListQueryField({ description: 'Only with any of these tags.', example: 'account' })
  tag?: string[];

  @StringField({
    description:
      'Only articles in whose title, description or body all of these words occur; the last one may be unfinished.',
    optional: true,
    min: 1,
    max: 300,
    example: 'password',
  })
  q?: string;

  @EnumField(ARTICLE_ORDERS, { description: 'What to order by. Default updated_at.', optional: true })
  order_by?: ArticleOrder;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no language tag. */
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

import {
  EnumField,
  UuidField,
  IntegerField,
  NestedField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import {
  ARTICLE_STATUSES,
  type ArticleAuthor,
  type ArticleSummary,
  type ArticleVersionSummary,
  type ArticleVersionView,
  type ArticleView,
} from '../article.view.js';

const MARKDOWN = '# Reset your password\n\nOpen **Settings** and choose *Security*.';

export class ArticleAuthorDto {
  @UuidField({ description: 'User ID.' })
  id: string;

  @StringField({ description: 'User name.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** Common fields of articles and versions. */
class ArticleContentDto {
  @EnumField(ARTICLE_STATUSES, {
    description: '`draft`: visible to the team only. `published`: visible to everyone.',
    example: 'published',
  })
  status: string;

  @StringField({ description: 'Language as a BCP 47 tag.', max: 35, example: 'en' })
  locale: string;

  @StringField({
    description: 'Name in URLs. Unique within the locale.',
    max: 120,
    example: 'reset-your-password',
  })
  slug: string;

  @StringField({ description: 'Title.', example: 'Reset your password' })
  title: string;

  @StringField({
    description: 'Summary in one or two sentences.',
    nullable: true,
    max: 1000,
    example: 'Steps to take if you cannot sign in.',
  })
  description: string | null;

  @StringListField({ description: 'Tags of the article.', maxLength: 100, example: ['account'] })
  tags: readonly string[];
}

/** An article without its body. */
export class ArticleSummaryDto extends ArticleContentDto {
  @UuidField({ description: 'Article ID.' })
  id: string;

  @StringField({
    description: 'First 200 characters of the body as plain text.',
    max: 1600,
    example: 'Reset your password\nOpen Settings and choose Security.',
  })
  excerpt: string;

  @NestedField(() => ArticleAuthorDto, {
    description: 'User who created the article. Null if an API key without a user created it.',
    nullable: true,
  })
  author: ArticleAuthorDto | null;

  @DateField({ description: 'Time when the article was published. Null for a draft.', nullable: true })
  published_at: string | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 3,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

export class ArticleDto extends ArticleSummaryDto {
  @StringField({ description: 'Body in Markdown.', max: 100_000, example: MARKDOWN })
  body: string;

  @StringField({
    description:
      'Body as sanitized HTML: no scripts, no styles except the alignment of table cells, links with ' +
      '`rel="noopener noreferrer"`.',
    max: 2_000_000,
    example: '<h1>Reset your password</h1>\n<p>Open <strong>Settings</strong> and choose <em>Security</em>.</p>\n',
  })
  body_html: string;
}

/** A version of an article, without its body. */
export class ArticleVersionSummaryDto extends ArticleContentDto {
  @IntegerField({ description: 'Version number, starting at 1.', example: 2 })
  version: number;

  @NestedField(() => ArticleAuthorDto, {
    description: 'User who saved the version. Null if an API key without a user saved it.',
    nullable: true,
  })
  author: ArticleAuthorDto | null;

  @DateField({ description: 'Time when the version was saved.' })
  created_at: string;
}

/** A version of an article. */
export class ArticleVersionDto extends ArticleVersionSummaryDto {
  @StringField({ description: 'Body in Markdown.', max: 100_000, example: MARKDOWN })
  body: string;
}

function toArticleAuthorDto(user: ArticleAuthor | null): ArticleAuthorDto | null {
  return user && { id: user.id, name: user.name };
}

export function toArticleSummaryDto(article: ArticleSummary): ArticleSummaryDto {
  return {
    id: article.id,
    status: article.status,
    locale: article.locale,
    slug: article.slug,
    title: article.title,
    description: article.description,
    excerpt: article.excerpt,
    tags: article.tags,
    author: toArticleAuthorDto(article.author),
    published_at: article.publishedAt,
    version: article.version,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
  };
}

export function toArticleDto(article: ArticleView): ArticleDto {
  return { ...toArticleSummaryDto(article), body: article.body, body_html: article.bodyHtml };
}

export function toArticleVersionSummaryDto(version: ArticleVersionSummary): ArticleVersionSummaryDto {
  return {
    version: version.version,
    status: version.status,
    locale: version.locale,
    slug: version.slug,
    title: version.title,
    description: version.description,
    tags: version.tags,
    author: toArticleAuthorDto(version.author),
    created_at: version.createdAt,
  };
}

export function toArticleVersionDto(version: ArticleVersionView): ArticleVersionDto {
  return { ...toArticleVersionSummaryDto(version), body: version.body };
}

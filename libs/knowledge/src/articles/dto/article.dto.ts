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

/** A user who wrote something. */
export class ArticleAuthorDto {
  @UuidField({ description: 'Id of the user.' })
  id: string;

  @StringField({ description: 'Name of the user.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** What an article and its versions have in common. */
class ArticleContentDto {
  @EnumField(ARTICLE_STATUSES, {
    description: '`draft` is for the team, `published` for everybody.',
    example: 'published',
  })
  status: string;

  @StringField({ description: 'Language, as a BCP 47 tag.', max: 35, example: 'en' })
  locale: string;

  @StringField({
    description: 'Its name in addresses, unique in its locale.',
    max: 120,
    example: 'reset-your-password',
  })
  slug: string;

  @StringField({ description: 'Title.', example: 'Reset your password' })
  title: string;

  @StringField({
    description: 'One or two sentences about it.',
    nullable: true,
    max: 1000,
    example: 'For when you cannot sign in any more.',
  })
  description: string | null;

  @StringListField({ description: 'Tags, free to choose.', maxLength: 100, example: ['account'] })
  tags: readonly string[];
}

/** An article without its words, as lists show it. */
export class ArticleSummaryDto extends ArticleContentDto {
  @UuidField({ description: 'Id of the article.' })
  id: string;

  @StringField({
    description: 'The first 200 characters of the body, as plain text.',
    max: 200,
    example: 'Reset your password\nOpen Settings and choose Security.',
  })
  excerpt: string;

  @NestedField(() => ArticleAuthorDto, { description: 'Who wrote it first; null for a service.', nullable: true })
  author: ArticleAuthorDto | null;

  @DateField({ description: 'When it was published; null for a draft.', nullable: true })
  published_at: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 3 })
  version: number;

  @DateField({ description: 'When it was written.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** An article. */
export class ArticleDto extends ArticleSummaryDto {
  @StringField({ description: 'What it says, in Markdown.', max: 100_000, example: MARKDOWN })
  body: string;

  @StringField({
    description:
      'The same as HTML that is safe to put into a page: no scripts, no styles but the alignment of table cells, links with `rel="noopener noreferrer"`.',
    max: 2_000_000,
    example: '<h1>Reset your password</h1>\n<p>Open <strong>Settings</strong> and choose <em>Security</em>.</p>\n',
  })
  body_html: string;
}

/** An article as it was from one change to the next, without its words. */
export class ArticleVersionSummaryDto extends ArticleContentDto {
  @IntegerField({ description: 'Number of the version, from 1.', example: 2 })
  version: number;

  @NestedField(() => ArticleAuthorDto, { description: 'Who made the change; null for a service.', nullable: true })
  author: ArticleAuthorDto | null;

  @DateField({ description: 'When the change was made.' })
  created_at: string;
}

/** An article as it was from one change to the next. */
export class ArticleVersionDto extends ArticleVersionSummaryDto {
  @StringField({ description: 'What it said, in Markdown.', max: 100_000, example: MARKDOWN })
  body: string;
}

function toArticleAuthorDto(user: ArticleAuthor | null): ArticleAuthorDto | null {
  return user && { id: user.id, name: user.name };
}

/** Puts an article on the wire, without its words. */
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

/** Puts an article on the wire. */
export function toArticleDto(article: ArticleView): ArticleDto {
  return { ...toArticleSummaryDto(article), body: article.body, body_html: article.bodyHtml };
}

/** Puts a version of an article on the wire, without its words. */
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

/** Puts a version of an article on the wire. */
export function toArticleVersionDto(version: ArticleVersionView): ArticleVersionDto {
  return { ...toArticleVersionSummaryDto(version), body: version.body };
}

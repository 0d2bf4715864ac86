import { badRequestError } from '@parley/kernel';
import { StringField, StringListField } from '@parley/kernel/http';
import { canonicalizeLocale } from '../article-locale.js';
import { SLUG_PATTERN } from '../article-slug.js';
import type { ArticleContent } from '../article.view.js';

const MARKDOWN = '# Reset your password\n\nOpen **Settings** and choose *Security*.';
const SLUG_OPTIONS = {
  min: 1,
  max: 120,
  pattern: SLUG_PATTERN,
  patternHint: 'must be lower-case letters and digits with single hyphens between them',
} as const;

/** What of an article can be changed later as well. */
class ArticleOptionsDto {
  @StringField({
    description:
      'Its name in addresses, unique in its locale. Made from the title by default, and kept when the title changes.',
    optional: true,
    example: 'reset-your-password',
    ...SLUG_OPTIONS,
  })
  slug?: string;

  @StringField({
    description: "Language, as a BCP 47 tag. Default: the workspace's.",
    optional: true,
    min: 2,
    max: 35,
    example: 'en',
  })
  locale?: string;

  @StringField({
    description: 'One or two sentences about it.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'For when you cannot sign in any more.',
  })
  description?: string | null;

  @StringListField({
    description: 'Tags, free to choose.',
    optional: true,
    maxItems: 50,
    minLength: 1,
    maxLength: 100,
    example: ['account'],
  })
  tags?: string[];
}

/** A new article. */
export class CreateArticleDto extends ArticleOptionsDto {
  @StringField({ description: 'Title.', min: 1, example: 'Reset your password' })
  title: string;

  @StringField({
    description: 'What it says, in Markdown (CommonMark with tables and strikethrough). Markup in it is shown as text.',
    min: 1,
    max: 100_000,
    example: MARKDOWN,
  })
  body: string;
}

/** What to change about an article; what is left out stays. */
export class UpdateArticleDto extends ArticleOptionsDto {
  @StringField({ description: 'New title.', optional: true, min: 1, example: 'Reset a forgotten password' })
  title?: string;

  @StringField({
    description: 'What it is to say, in Markdown.',
    optional: true,
    min: 1,
    max: 100_000,
    example: MARKDOWN,
  })
  body?: string;
}

/** A language tag in its one spelling. @throws DomainError BAD_REQUEST when it is none. */
export function toLocale(text: string): string {
  const locale = canonicalizeLocale(text);
  if (locale === null)
    throw badRequestError({ locale: [`locale takes language tags such as en or pt-BR, not "${text}"`] });
  return locale;
}

/** The parts of an article that a body gives. @throws DomainError BAD_REQUEST for what is no language tag. */
export function toArticleInput<Body extends UpdateArticleDto>(body: Body): Body & Partial<ArticleContent> {
  return {
    ...body,
    ...(body.locale !== undefined && { locale: toLocale(body.locale) }),
    ...(body.tags && { tags: [...new Set(body.tags)] }),
  };
}

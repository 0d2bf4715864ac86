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
  patternHint: 'must contain only lower-case letters and digits, with single hyphens between them',
} as const;

/** Fields that can be set by create and update. */
class ArticleOptionsDto {
  @StringField({
    description:
      'Name in URLs. Unique within the locale. Default: derived from the title at creation; not changed by ' +
      'later title changes.',
    optional: true,
    example: 'reset-your-password',
    ...SLUG_OPTIONS,
  })
  slug?: string;

  @StringField({
    description: 'Language as a BCP 47 tag. Default: the locale of the workspace.',
    optional: true,
    min: 2,
    max: 35,
    example: 'en',
  })
  locale?: string;

  @StringField({
    description: 'Summary in one or two sentences.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Steps to take if you cannot sign in.',
  })
  description?: string | null;

  @StringListField({
    description:
      'Tags of the article. Compared without case; a tag keeps the spelling of its first use in the workspace.',
    optional: true,
    maxItems: 50,
    trim: true,
    maxLength: 100,
    example: ['account'],
  })
  tags?: string[];
}

export class CreateArticleDto extends ArticleOptionsDto {
  @StringField({ description: 'Title.', min: 1, example: 'Reset your password', trim: true })
  title: string;

  @StringField({
    description: 'Body in Markdown (CommonMark with tables and strikethrough). HTML tags are shown as text.',
    min: 1,
    max: 100_000,
    example: MARKDOWN,
  })
  body: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateArticleDto extends ArticleOptionsDto {
  @StringField({ description: 'Title.', optional: true, min: 1, example: 'Reset a forgotten password', trim: true })
  title?: string;

  @StringField({
    description: 'Body in Markdown (CommonMark with tables and strikethrough). HTML tags are shown as text.',
    optional: true,
    min: 1,
    max: 100_000,
    example: MARKDOWN,
  })
  body?: string;
}

/** Canonical form of a language tag. @throws DomainError BAD_REQUEST for an invalid tag. */
export function toLocale(text: string): string {
  const locale = canonicalizeLocale(text);
  if (locale === null)
    throw badRequestError({ locale: [`locale must be a language tag such as en or pt-BR, not "${text}"`] });
  return locale;
}

/** @throws DomainError BAD_REQUEST for an invalid language tag. */
export function toArticleInput<Body extends UpdateArticleDto>(body: Body): Body & Partial<ArticleContent> {
  return {
    ...body,
    ...(body.locale !== undefined && { locale: toLocale(body.locale) }),
    ...(body.tags && { tags: body.tags }),
  };
}

import type { Changed } from '@parley/kernel';
import type { ArticleContent } from './article.view.js';

/** More of a text is not kept in the event log. */
const LONGEST_TOLD = 2_000;

const FIELDS = [
  'title',
  'slug',
  'locale',
  'description',
  'body',
  'tags',
] as const satisfies readonly (keyof ArticleContent)[];

/** What a change makes of an article. */
export interface ArticleChange {
  readonly next: ArticleContent;
  /** For the event; empty when nothing changes. Texts longer than 2000 characters are cut. */
  readonly changed: Changed;
}

/** Puts a change on an article; what is left out or the same stays. */
export function changeArticle(before: ArticleContent, change: Partial<ArticleContent>): ArticleChange {
  const next = Object.fromEntries(
    FIELDS.map((field) => [field, change[field] === undefined ? before[field] : change[field]]),
  ) as unknown as ArticleContent;
  const differing = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(next[field]));
  return {
    next,
    changed: Object.fromEntries(differing.map((field) => [field, [told(before[field]), told(next[field])]])),
  };
}

function told(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_TOLD) return value;
  const beginning = value.slice(0, LONGEST_TOLD).replace(/[\ud800-\udbff]$/, '');
  return `${beginning}… (${value.length} characters in all)`;
}

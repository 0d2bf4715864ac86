import { truncateText } from '@parley/kernel/text';
import type { Changed } from '@parley/kernel/events';
import type { ArticleContent } from './article.view.js';

/** Longer texts are truncated in the event log. */
const MAX_RECORDED_LENGTH = 2_000;

const FIELDS = [
  'title',
  'slug',
  'locale',
  'description',
  'body',
  'tags',
] as const satisfies readonly (keyof ArticleContent)[];

/** Result of a change. */
export interface ArticleChange {
  readonly next: ArticleContent;
  /** Changes for the event; empty if nothing changes. Texts longer than 2,000 characters are truncated. */
  readonly changed: Changed;
}

/** Applies a change. Omitted and equal fields stay unchanged. */
export function applyArticleChange(before: ArticleContent, change: Partial<ArticleContent>): ArticleChange {
  const next = Object.fromEntries(
    FIELDS.map((field) => [field, change[field] === undefined ? before[field] : change[field]]),
  ) as unknown as ArticleContent;
  const changedFields = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(next[field]));
  return {
    next,
    changed: Object.fromEntries(
      changedFields.map((field) => [field, [truncateForEvent(before[field]), truncateForEvent(next[field])]]),
    ),
  };
}

function truncateForEvent(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_RECORDED_LENGTH) return value;
  const start = truncateText(value, MAX_RECORDED_LENGTH);
  return `${start}… (${value.length} characters in total)`;
}

import { defineEvent, type Changed } from '@parley/kernel/events';

/** Data of every article event. */
export interface ArticleEventData {
  readonly title: string;
  readonly slug: string;
  /** BCP 47 language tag. */
  readonly locale: string;
}

export class ArticleCreated extends defineEvent<ArticleEventData & { readonly author_id: string | null }>(
  'article.created',
  { description: 'An article was created as a draft.', fields: ['title', 'slug', 'locale', 'author_id'] },
) {}

export class ArticleUpdated extends defineEvent<ArticleEventData & { readonly changed: Changed }>('article.updated', {
  description: 'An article changed. `changed` contains the beginning of long texts only.',
  fields: ['title', 'slug', 'locale', 'changed'],
}) {}

export class ArticlePublished extends defineEvent<ArticleEventData & { readonly changed: Changed }>(
  'article.published',
  { description: 'An article was published.', fields: ['title', 'slug', 'locale', 'changed'] },
) {}

export class ArticleUnpublished extends defineEvent<ArticleEventData & { readonly changed: Changed }>(
  'article.unpublished',
  { description: 'An article was unpublished.', fields: ['title', 'slug', 'locale', 'changed'] },
) {}

export class ArticleDeleted extends defineEvent<ArticleEventData>('article.deleted', {
  description: 'An article was deleted with its versions.',
  fields: ['title', 'slug', 'locale'],
}) {}

import { DomainEvent, type Changed } from '@parley/kernel/events';

/** What every event of an article tells. */
export interface ArticleEventData {
  readonly title: string;
  readonly slug: string;
  /** BCP 47. */
  readonly locale: string;
}

/** An article was written; nobody outside the team sees it yet. */
export class ArticleCreated extends DomainEvent<ArticleEventData & { readonly author_id: string | null }> {
  static readonly type = 'article.created';
}

/** An article's words or its place changed. Of long texts `changed` has the beginning only. */
export class ArticleUpdated extends DomainEvent<ArticleEventData & { readonly changed: Changed }> {
  static readonly type = 'article.updated';
}

/** An article can be read by everybody now. */
export class ArticlePublished extends DomainEvent<ArticleEventData & { readonly changed: Changed }> {
  static readonly type = 'article.published';
}

/** An article is the team's own again. */
export class ArticleUnpublished extends DomainEvent<ArticleEventData & { readonly changed: Changed }> {
  static readonly type = 'article.unpublished';
}

/** An article is gone, with its versions. */
export class ArticleDeleted extends DomainEvent<ArticleEventData> {
  static readonly type = 'article.deleted';
}

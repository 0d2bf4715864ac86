import { TagNamesService } from '@parley/identity';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, notFoundError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { WorkspacesService } from '@parley/teams';
import {
  ArticleCreated,
  ArticleDeleted,
  ArticlePublished,
  ArticleUnpublished,
  ArticleUpdated,
  type ArticleEventData,
} from '../knowledge.events.js';
import { applyArticleChange } from './article-changes.js';
import { findFreeSlug, slugify } from './article-slug.js';
import { renderBody } from './article-text.js';
import { ArticleVersionsRepository } from './article-versions.repository.js';
import type {
  ArticleContent,
  ArticleStatus,
  ArticleSummary,
  ArticleVersionSummary,
  ArticleVersionView,
  ArticleView,
} from './article.view.js';
import type { ArticleOrder, ArticlesFilter } from './articles-filter.js';
import { ArticlesRepository, type SaveArticleInput } from './articles.repository.js';

/** Fields of a new article. Default slug: derived from the title. Default locale: the workspace's. */
export type CreateArticleInput = Pick<ArticleContent, 'title' | 'body'> & Partial<ArticleContent>;

/** Retries if a concurrent request takes the generated slug. */
const MAX_SLUG_ATTEMPTS = 5;

@Injectable()
export class ArticlesService {
  constructor(
    private readonly articles: ArticlesRepository,
    private readonly versions: ArticleVersionsRepository,
    private readonly workspaces: WorkspacesService,
    private readonly tagNames: TagNamesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: ArticlesFilter,
    orderBy: ArticleOrder,
    request: PageRequest,
  ): Promise<Page<ArticleSummary>> {
    return this.articles.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ArticleView> {
    const article = await this.articles.find(workspaceId, id);
    if (!article) throw notFoundError('Article');
    return article;
  }

  find(workspaceId: string, id: string): Promise<ArticleView | null> {
    return this.articles.find(workspaceId, id);
  }

  /** Versions of an article, newest first. @throws DomainError NOT_FOUND */
  async listVersions(workspaceId: string, id: string, request: PageRequest): Promise<Page<ArticleVersionSummary>> {
    await this.get(workspaceId, id);
    return this.versions.list(workspaceId, id, request);
  }

  /** @throws DomainError NOT_FOUND */
  async getVersion(workspaceId: string, id: string, version: number): Promise<ArticleVersionView> {
    const articleVersion = await this.versions.find(workspaceId, id, version);
    if (!articleVersion) throw notFoundError('Version');
    return articleVersion;
  }

  /** Creates a draft. @throws DomainError CONFLICT if the given slug is taken. */
  create(workspaceId: string, requested: CreateArticleInput, authorId: string | null): Promise<ArticleView> {
    const rendered = renderBody(requested.body);
    return this.unitOfWork.run(async () => {
      const locale = requested.locale ?? (await this.workspaces.get(workspaceId)).locale;
      const { title, body, slug = null, description = null } = requested;
      const tags = await this.tagNames.resolve(workspaceId, requested.tags ?? []);
      const article = await this.add(
        workspaceId,
        { id: newId(), title, body, description, tags, locale, rendered },
        slug,
        authorId,
      );
      await this.versions.addCurrent(workspaceId, article.id, authorId);
      this.events.append(new ArticleCreated(article.id, { ...toArticleEventData(article), author_id: authorId }));
      return article;
    });
  }

  /**
   * Updates an article; changes of a published article are visible immediately. @throws DomainError NOT_FOUND, CONFLICT
   * if the slug is taken, PRECONDITION_FAILED
   */
  update(
    workspaceId: string,
    id: string,
    change: Partial<ArticleContent>,
    expected: number | null,
    authorId: string | null,
  ): Promise<ArticleView> {
    const rendered = change.body === undefined ? null : renderBody(change.body);
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id, expected);
      const tags = change.tags && (await this.tagNames.resolve(workspaceId, change.tags));
      const { next, changed } = applyArticleChange(before, { ...change, tags });
      if (Object.keys(changed).length === 0) return before;
      const article = await this.save(workspaceId, { ...next, id, rendered });
      await this.versions.addCurrent(workspaceId, id, authorId);
      this.events.append(new ArticleUpdated(id, { ...toArticleEventData(article), changed }));
      return article;
    });
  }

  /**
   * Publishes an article. Does nothing if it is already published. @throws DomainError NOT_FOUND, PRECONDITION_FAILED
   */
  publish(workspaceId: string, id: string, expected: number | null, authorId: string | null): Promise<ArticleView> {
    return this.setStatus(workspaceId, id, 'published', expected, authorId);
  }

  /**
   * Makes an article a draft. Does nothing if it is already a draft. @throws DomainError NOT_FOUND, PRECONDITION_FAILED
   */
  unpublish(workspaceId: string, id: string, expected: number | null, authorId: string | null): Promise<ArticleView> {
    return this.setStatus(workspaceId, id, 'draft', expected, authorId);
  }

  /** Deletes an article with its versions. @throws DomainError NOT_FOUND */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const article = await this.lock(workspaceId, id, null);
      await this.articles.delete(workspaceId, id);
      this.events.append(new ArticleDeleted(id, toArticleEventData(article)));
    });
  }

  private setStatus(
    workspaceId: string,
    id: string,
    status: ArticleStatus,
    expected: number | null,
    authorId: string | null,
  ): Promise<ArticleView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lock(workspaceId, id, expected);
      if (before.status === status) return before;
      const article = await this.articles.setStatus(workspaceId, id, status, this.now());
      await this.versions.addCurrent(workspaceId, id, authorId);
      const data = { ...toArticleEventData(article), changed: { status: [before.status, status] as [string, string] } };
      this.events.append(status === 'published' ? new ArticlePublished(id, data) : new ArticleUnpublished(id, data));
      return article;
    });
  }

  private async lock(workspaceId: string, id: string, expected: number | null): Promise<ArticleView> {
    const article = await this.articles.lock(workspaceId, id);
    if (!article) throw notFoundError('Article');
    assertVersion(expected, article.version, () => article);
    return article;
  }

  private async add(
    workspaceId: string,
    article: Omit<SaveArticleInput, 'slug'>,
    requestedSlug: string | null,
    authorId: string | null,
  ): Promise<ArticleView> {
    const requested = requestedSlug ?? slugify(article.title);
    for (let attempt = 0; attempt < (requestedSlug === null ? MAX_SLUG_ATTEMPTS : 1); attempt += 1) {
      const slug =
        requestedSlug ??
        findFreeSlug(requested, await this.articles.listUsedSlugs(workspaceId, article.locale, requested));
      const created = await this.articles.add(workspaceId, { ...article, slug }, authorId, this.now());
      if (created) return created;
    }
    throw slugConflictError(requested, article.locale);
  }

  private save(workspaceId: string, article: SaveArticleInput): Promise<ArticleView> {
    return mapConstraintErrors({ articles_slug: () => slugConflictError(article.slug, article.locale) }, () =>
      this.articles.update(workspaceId, article, this.now()),
    );
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function toArticleEventData({ title, slug, locale }: ArticleView): ArticleEventData {
  return { title, slug, locale };
}

function slugConflictError(slug: string, locale: string): DomainError {
  return new DomainError('CONFLICT', `Another article in the locale ${locale} already has the slug ${slug}`, {
    slug,
    locale,
  });
}

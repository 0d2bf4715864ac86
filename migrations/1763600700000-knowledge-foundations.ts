import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates articles and their revisions. */
export class KnowledgeFoundations1763600700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema knowledge`);
    await runner.query(`create extension if not exists btree_gin`);
    // Full-text search ignores everything in angle brackets, which articles for programmers often contain.
    await runner.query(`
      create table knowledge.articles (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        status text not null default 'draft' check (status in ('draft', 'published')),
        locale text not null,
        slug text not null,
        title text not null,
        description text,
        body text not null,
        body_html text not null,
        body_text text not null,
        tags text[] not null default '{}',
        author_id uuid,
        published_at timestamptz(3),
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        search tsvector generated always as (
          setweight(to_tsvector('simple', translate(title, '<>', '  ')), 'A') || setweight(to_tsvector('simple', translate(coalesce(description, ''), '<>', '  ')), 'B')
          || setweight(to_tsvector('simple', translate(left(body_text, 100000), '<>', '  ')), 'C')
        ) stored,
        check ((status = 'published') = (published_at is not null))
      )`);
    await runner.query(`create unique index articles_slug on knowledge.articles (workspace_id, locale, slug)`);
    await runner.query(`create index articles_created on knowledge.articles (workspace_id, created_at, id)`);
    await runner.query(`create index articles_updated on knowledge.articles (workspace_id, updated_at, id)`);
    await runner.query(`create index articles_search on knowledge.articles using gin (workspace_id, search)`);
    await runner.query(`
      create table knowledge.article_versions (
        article_id uuid not null references knowledge.articles (id) on delete cascade,
        version int not null,
        workspace_id uuid not null,
        status text not null,
        locale text not null,
        slug text not null,
        title text not null,
        description text,
        body text not null,
        tags text[] not null,
        author_id uuid,
        created_at timestamptz(3) not null,
        primary key (article_id, version)
      )`);
    for (const table of ['articles', 'article_versions'])
      await runner.query(`call kernel.isolate('knowledge.${table}')`);
    await runner.query(`call kernel.open_schema('knowledge')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema knowledge cascade`);
  }
}

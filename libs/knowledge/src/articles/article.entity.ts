import { SERIAL_COLUMN, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { ArticleStatus } from './article.view.js';

/** Article of the knowledge base. */
@Entity({ schema: 'knowledge', name: 'articles' })
export class ArticleEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Integer ID for API contracts that require one. */
  @Column(SERIAL_COLUMN)
  serial: number;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'text', default: 'draft' })
  status: ArticleStatus;

  /** BCP 47. */
  @Column('text')
  locale: string;

  /** Unique within the locale. */
  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  /** Markdown. */
  @Column('text')
  body: string;

  @Column({ type: 'text', name: 'body_html' })
  bodyHtml: string;

  @Column({ type: 'text', name: 'body_text' })
  bodyText: string;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: readonly string[];

  @Column({ type: 'uuid', name: 'author_id', nullable: true })
  authorId: string | null;

  @Column({ type: 'timestamptz', name: 'published_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  publishedAt: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;

  /** Text of the full-text search. */
  @Column({ type: 'tsvector', nullable: true, insert: false, update: false, select: false })
  search: string | null;
}

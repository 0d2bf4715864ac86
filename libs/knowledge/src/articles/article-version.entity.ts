import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ArticleStatus } from './article.view.js';

/** Content of an article at a version. */
@Entity({ schema: 'knowledge', name: 'article_versions' })
export class ArticleVersionEntity {
  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', name: 'article_id' })
  articleId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  status: ArticleStatus;

  @Column('text')
  locale: string;

  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column('text')
  body: string;

  @Column({ type: 'text', array: true })
  tags: readonly string[];

  @Column({ type: 'uuid', name: 'author_id', nullable: true })
  authorId: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}

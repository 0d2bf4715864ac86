import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One HTTP request of a webhook delivery. */
@Entity({ schema: 'channels', name: 'webhook_attempts' })
export class WebhookAttemptEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'delivery_id' })
  deliveryId: string;

  @Column('integer')
  number: number;

  @Column('text')
  url: string;

  @Column({ type: 'jsonb', name: 'request_headers' })
  requestHeaders: Readonly<Record<string, string>>;

  @Column({ type: 'integer', name: 'response_status', nullable: true })
  responseStatus: number | null;

  @Column({ type: 'jsonb', name: 'response_headers', default: {} })
  responseHeaders: Readonly<Record<string, string>>;

  @Column({ type: 'text', name: 'response_body', nullable: true })
  responseBody: string | null;

  /** Duration of the request in milliseconds. */
  @Column({ type: 'integer', name: 'latency_ms' })
  latencyMs: number;

  @Column({ type: 'text', nullable: true })
  error: string | null;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, transformer: isoTimeTransformer })
  startedAt: string;
}

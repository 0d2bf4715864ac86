import { int8Transformer, isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryStatus } from './delivery.view.js';

/** Delivery of an event to a webhook, and the queue of pending deliveries. */
@Entity({ schema: 'channels', name: 'webhook_deliveries' })
export class WebhookDeliveryEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'webhook_id' })
  webhookId: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId: string;

  @Column({ type: 'bigint', name: 'event_position', transformer: int8Transformer })
  eventPosition: number;

  /** Event type that the webhook receives; an alias if it subscribed to one. */
  @Column({ type: 'text', name: 'event_type' })
  eventType: string;

  /** Deliveries with the same lane are sent in order; null for unordered webhooks. */
  @Column({ type: 'uuid', nullable: true })
  lane: string | null;

  @Column('text')
  status: DeliveryStatus;

  /** Request body, identical in all attempts; null before the first attempt. */
  @Column({ type: 'text', nullable: true })
  body: string | null;

  /** Number of attempts since the current retry schedule started. */
  @Column({ type: 'integer', name: 'round_attempts', default: 0 })
  roundAttempts: number;

  @Column({ type: 'integer', name: 'attempt_count', default: 0 })
  attemptCount: number;

  @Column({
    type: 'timestamptz',
    name: 'next_attempt_at',
    precision: 3,
    nullable: true,
    transformer: isoTimeTransformer,
  })
  nextAttemptAt: string | null;

  /** Time until which a process reserves the delivery for an attempt. */
  @Column({ type: 'timestamptz', name: 'leased_until', precision: 3, nullable: true, transformer: isoTimeTransformer })
  leasedUntil: string | null;

  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, nullable: true, transformer: isoTimeTransformer })
  completedAt: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}

import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import { int8Transformer, isoTimeTransformer } from '../database/column-types.js';

/** Position of one lane of a subscriber in the event log. */
@Entity({ schema: 'kernel', name: 'subscriptions' })
export class SubscriptionEntity {
  /** Subscriber ID. */
  @PrimaryColumn('text')
  id: string;

  @PrimaryColumn('smallint')
  lane: number;

  /** Position of the last processed event. */
  @Column({ type: 'bigint', transformer: int8Transformer })
  position: number;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;
}

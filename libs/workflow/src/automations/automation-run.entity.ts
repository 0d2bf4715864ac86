import { isoTimeTransformer } from '@parley/kernel/database';
import type { ConditionExplanation } from '@parley/kernel/filter';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActionResult, RunOutcome } from './automation-run.view.js';

/** Record of an automation whose filter matched. */
@Entity({ schema: 'workflow', name: 'automation_runs' })
export class AutomationRunEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'automation_id' })
  automationId: string;

  @Column({ type: 'integer', name: 'automation_version' })
  automationVersion: number;

  /** Type of the object that the rule ran on. */
  @Column({ type: 'text', name: 'subject_type' })
  subjectType: string;

  @Column({ type: 'uuid', name: 'subject_id' })
  subjectId: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId: string;

  @Column({ type: 'text', name: 'event_type' })
  eventType: string;

  /** Transaction of the event that started the chain of rules. */
  @Column({ type: 'text', name: 'root_change_set' })
  rootChangeSet: string;

  @Column('text')
  outcome: RunOutcome;

  /** Result and actual value of each condition. */
  @Column('jsonb')
  conditions: readonly ConditionExplanation[];

  @Column('json')
  actions: readonly ActionResult[];

  @Column({ type: 'real', name: 'duration_ms' })
  durationMs: number;

  @Column('smallint')
  depth: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;
}

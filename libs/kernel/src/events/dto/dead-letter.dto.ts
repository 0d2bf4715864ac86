import { EnumField, UuidField, IntegerField, JsonObjectField, StringField, DateField } from '../../http/fields.js';
import { BooleanQueryField, IntegerQueryField } from '../../http/query-fields.js';
import type { DeadLetter } from '../dead-letters.repository.js';

/** An event, timer or job that failed in every attempt. */
export class DeadLetterDto {
  @UuidField({ description: 'ID of the dead letter.' })
  id: string;

  @EnumField(['event', 'timer', 'job'], { description: 'Kind of work.' })
  kind: string;

  @StringField({ description: 'Subscriber, timer kind or job that failed.', example: 'workflow.run-automations' })
  consumer: string;

  @JsonObjectField({
    description: 'Input of the handler.',
    example: { event_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', type: 'message.created' },
  })
  payload: Record<string, unknown>;

  @StringField({ description: 'Message of the last error.', example: 'Error: connection refused', max: 4000 })
  error: string;

  @IntegerField({ description: 'Number of attempts.', example: 5 })
  attempts: number;

  @DateField({ description: 'Time of the last attempt.' })
  parked_at: string;

  @DateField({ description: 'Time of the redrive; null if the dead letter was not redriven.', nullable: true })
  redriven_at: string | null;
}

/** Maps a dead letter to its wire format. */
export function toDeadLetterDto(deadLetter: DeadLetter): DeadLetterDto {
  return {
    id: deadLetter.id,
    kind: deadLetter.kind,
    consumer: deadLetter.consumer,
    payload: deadLetter.payload,
    error: deadLetter.error.split('\n')[0]!,
    attempts: deadLetter.attempts,
    parked_at: deadLetter.parkedAt,
    redriven_at: deadLetter.redrivenAt,
  };
}

/** Query of the list of dead letters. */
export class ListDeadLettersQueryDto {
  @IntegerQueryField({
    description: 'Maximum number of dead letters to return. Default: 20.',
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerQueryField({ description: 'Number of dead letters to skip. Default: 0.', min: 0, max: 1_000_000, example: 0 })
  offset?: number;

  @BooleanQueryField({ description: 'If true, redriven dead letters are included. Default: false.', example: false })
  include_redriven?: boolean;
}

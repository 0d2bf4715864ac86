import {
  EnumField,
  UuidField,
  IntegerField,
  JsonObjectField,
  BooleanQueryField,
  IntegerQueryField,
  StringField,
  DateField,
} from '../../http/fields.js';
import type { DeadLetter } from '../dead-letters.repository.js';

/** Work that kept failing and was set aside. */
export class DeadLetterDto {
  @UuidField({ description: 'Id of the dead letter.' })
  id: string;

  @EnumField(['event', 'timer', 'job'], { description: 'What kind of work it is.' })
  kind: string;

  @StringField({ description: 'The subscriber, timer kind or job that failed.', example: 'workflow.run-automations' })
  consumer: string;

  @JsonObjectField({
    description: 'What it was handed.',
    example: { event_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', type: 'message.created' },
  })
  payload: Record<string, unknown>;

  @StringField({ description: 'The last error.', example: 'Error: connection refused', max: 4000 })
  error: string;

  @IntegerField({ description: 'How often it was tried.', example: 5 })
  attempts: number;

  @DateField({ description: 'When it was set aside.' })
  parked_at: string;

  @DateField({ description: 'When it was tried again; null while it waits.', nullable: true })
  redriven_at: string | null;
}

/** Puts a dead letter on the wire. */
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

/** Which dead letters to list. */
export class ListDeadLettersQueryDto {
  @IntegerQueryField({ description: 'Most to return. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @IntegerQueryField({ description: 'How many to skip. Default 0.', min: 0, max: 1_000_000, example: 0 })
  offset?: number;

  @BooleanQueryField({ description: 'Also those that were redriven.', example: false })
  include_redriven?: boolean;
}

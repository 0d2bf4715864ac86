import { Choice, Id, Integer, JsonObject, QueryFlag, QueryInteger, Text, Time } from '../../http/fields.js';
import type { DeadLetter } from '../dead-letters.repository.js';

/** Work that kept failing and was set aside. */
export class DeadLetterDto {
  @Id({ description: 'Id of the dead letter.' })
  id: string;

  @Choice(['event', 'timer', 'job'], { description: 'What kind of work it is.' })
  kind: string;

  @Text({ description: 'The subscriber, timer kind or job that failed.', example: 'workflow.run-automations' })
  consumer: string;

  @JsonObject({
    description: 'What it was handed.',
    example: { event_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', type: 'message.created' },
  })
  payload: Record<string, unknown>;

  @Text({ description: 'The last error.', example: 'Error: connection refused', max: 4000 })
  error: string;

  @Integer({ description: 'How often it was tried.', example: 5 })
  attempts: number;

  @Time({ description: 'When it was set aside.' })
  parked_at: string;

  @Time({ description: 'When it was tried again; null while it waits.', nullable: true })
  redriven_at: string | null;
}

/** Puts a dead letter on the wire. */
export function toDeadLetterDto(letter: DeadLetter): DeadLetterDto {
  return {
    id: letter.id,
    kind: letter.kind,
    consumer: letter.consumer,
    payload: letter.payload,
    error: letter.error.split('\n')[0]!,
    attempts: letter.attempts,
    parked_at: letter.parkedAt,
    redriven_at: letter.redrivenAt,
  };
}

/** Which dead letters to list. */
export class DeadLetterQueryDto {
  @QueryInteger({ description: 'Most to return. Default 20.', min: 1, max: 100, example: 20 })
  limit?: number;

  @QueryInteger({ description: 'How many to skip. Default 0.', min: 0, max: 1_000_000, example: 0 })
  offset?: number;

  @QueryFlag({ description: 'Also those that were redriven.', example: false })
  include_redriven?: boolean;
}

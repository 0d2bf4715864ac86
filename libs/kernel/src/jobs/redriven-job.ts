import { unprocessable } from '../errors/domain-error.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { DEFAULT_ATTEMPTS, findJob } from './define-job.js';
import type { JobEnvelope } from './job-envelope.js';

/**
 * The job that a dead letter is redriven as.
 * @throws DomainError UNPROCESSABLE when the letter is not a job's, or this version has no such job.
 */
export function redrivenJob(id: string, letter: DeadLetter): JobEnvelope {
  if (letter.kind !== 'job') throw unprocessable(`The dead letter ${letter.id} is of an ${letter.kind}, not of a job`);
  if (!findJob(letter.consumer)) throw unprocessable(`There is no job ${letter.consumer} any more`);
  const stored = letter.payload as Partial<Pick<JobEnvelope, 'payload' | 'mostAttempts' | 'cause'>>;
  return {
    id,
    job: letter.consumer,
    payload: stored.payload ?? {},
    key: null,
    mostAttempts: stored.mostAttempts ?? DEFAULT_ATTEMPTS,
    workspaceId: letter.workspaceId,
    cause: stored.cause ?? null,
  };
}

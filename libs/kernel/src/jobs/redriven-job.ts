import { unprocessableError } from '../errors/domain-error.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { DEFAULT_ATTEMPTS, findJob } from './define-job.js';
import type { JobEnvelope } from './job-envelope.js';

/**
 * The job that a dead letter is redriven as.
 * @throws DomainError UNPROCESSABLE when the letter is not a job's, or this version has no such job.
 */
export function buildRedrivenJob(id: string, deadLetter: DeadLetter): JobEnvelope {
  if (deadLetter.kind !== 'job')
    throw unprocessableError(`The dead letter ${deadLetter.id} is of an ${deadLetter.kind}, not of a job`);
  if (!findJob(deadLetter.consumer)) throw unprocessableError(`There is no job ${deadLetter.consumer} any more`);
  const payload = deadLetter.payload as Partial<Pick<JobEnvelope, 'payload' | 'maxAttempts' | 'cause'>>;
  return {
    id,
    job: deadLetter.consumer,
    payload: payload.payload ?? {},
    key: null,
    maxAttempts: payload.maxAttempts ?? DEFAULT_ATTEMPTS,
    workspaceId: deadLetter.workspaceId,
    cause: payload.cause ?? null,
  };
}

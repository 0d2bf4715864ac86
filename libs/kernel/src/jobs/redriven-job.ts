import { unprocessableError } from '../errors/domain-error.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { DEFAULT_ATTEMPTS, findJob } from './define-job.js';
import type { JobEnvelope } from './job-envelope.js';

/**
 * Builds the job that a dead letter is redriven as.
 * @throws DomainError UNPROCESSABLE if the dead letter does not belong to a job, or if this version has no such job.
 */
export function buildRedrivenJob(id: string, deadLetter: DeadLetter): JobEnvelope {
  if (deadLetter.kind !== 'job')
    throw unprocessableError(
      `The dead letter ${deadLetter.id} has the kind "${deadLetter.kind}" and cannot be redriven as a job`,
    );
  const job = findJob(deadLetter.consumer);
  if (!job) throw unprocessableError(`The job ${deadLetter.consumer} no longer exists`);
  const payload = deadLetter.payload as Partial<Pick<JobEnvelope, 'payload' | 'maxAttempts' | 'cause'>>;
  return {
    id,
    job: job.name,
    payload: payload.payload ?? {},
    key: null,
    maxAttempts: payload.maxAttempts ?? DEFAULT_ATTEMPTS,
    workspaceId: deadLetter.workspaceId,
    cause: payload.cause ?? null,
  };
}

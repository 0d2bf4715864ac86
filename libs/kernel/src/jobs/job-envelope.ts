import type { Cause, RequestContext } from '../context/request-context.js';
import { isUuid } from '../ids/ids.js';
import { assertAttempts, type JobDefinition } from './define-job.js';
import type { EnqueueOptions } from './jobs.js';

/** Job as it is stored, independent of the driver. */
export interface JobEnvelope {
  readonly id: string;
  readonly job: string;
  readonly payload: object;
  readonly key: string | null;
  readonly maxAttempts: number;
  readonly workspaceId: string | null;
  readonly cause: Cause | null;
}

const MAX_KEY_LENGTH = 300;
const MAX_DELAY_SECONDS = 366 * 24 * 3600;

/**
 * Builds the stored form of a job.
 * @throws RangeError if an option is out of range.
 */
export function buildJobEnvelope(
  id: string,
  job: JobDefinition<object>,
  payload: object,
  options: EnqueueOptions,
  context: RequestContext | null,
): JobEnvelope {
  const { key = null } = options;
  if (key !== null && (key.length === 0 || key.length > MAX_KEY_LENGTH))
    throw new RangeError(`The key of a job must have 1 to ${MAX_KEY_LENGTH} characters`);
  return {
    id,
    job: job.name,
    payload,
    key,
    maxAttempts: assertAttempts(options.attempts ?? job.attempts),
    workspaceId: resolveWorkspaceId(payload, options, context),
    cause: context?.cause ?? null,
  };
}

/** @throws RangeError if the delay is out of range. */
export function assertDelay(delaySeconds = 0): number {
  if (!(delaySeconds >= 0 && delaySeconds <= MAX_DELAY_SECONDS))
    throw new RangeError(`The delay of a job must be 0 to ${MAX_DELAY_SECONDS} seconds, not ${delaySeconds}`);
  return delaySeconds;
}

/** Key as stored. It includes the job name, so keys of different jobs do not collide. */
export function storedKey(envelope: JobEnvelope): string | null {
  return envelope.key === null ? null : `${envelope.job}:${envelope.key}`;
}

function resolveWorkspaceId(payload: object, options: EnqueueOptions, context: RequestContext | null): string | null {
  const candidates = [
    options.workspaceId,
    (payload as { workspaceId?: unknown }).workspaceId,
    context?.principal?.workspaceId,
    context?.scope,
  ];
  return candidates.find(isUuid) ?? null;
}

import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { JobEnvelope } from './job-envelope.js';

const PARK = statement(
  'kernel.park-job',
  `insert into kernel.dead_letters (id, workspace_id, kind, consumer, payload, error, attempts, parked_at)
   values ($1, $2, 'job', $3, $4, $5, $6, $7) on conflict (id) do nothing`,
);

const MAX_ERROR_LENGTH = 4000;

/** Dead letters of jobs. A dead letter has the ID of its job, so a job has at most one. */
@Injectable()
export class JobDeadLettersRepository {
  constructor(private readonly database: Database) {}

  async park(envelope: JobEnvelope, error: string, attempts: number, parkedAt: string): Promise<void> {
    const { id, job, workspaceId, payload, key, maxAttempts, cause } = envelope;
    // Postgres text cannot contain NUL.
    const text = error.replaceAll('\0', '').slice(0, MAX_ERROR_LENGTH);
    await this.database.execute(PARK, [
      id,
      workspaceId,
      job,
      JSON.stringify({ payload, key, maxAttempts, cause }),
      text,
      attempts,
      parkedAt,
    ]);
  }
}

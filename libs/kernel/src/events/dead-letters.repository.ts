import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';

/** An event, timer or job that failed in every attempt, with everything that is needed to retry it. */
export interface DeadLetter {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly kind: 'event' | 'timer' | 'job';
  /** Subscriber ID, timer kind or job name. */
  readonly consumer: string;
  readonly eventPosition: number | null;
  readonly payload: Record<string, unknown>;
  readonly error: string;
  readonly attempts: number;
  readonly parkedAt: string;
  readonly redrivenAt: string | null;
}

const COLUMNS = `id, workspace_id as "workspaceId", kind, consumer, event_position as "eventPosition", payload, error,
  attempts, parked_at as "parkedAt", redriven_at as "redrivenAt"`;

const PARK = statement(
  'kernel.park-dead-letter',
  `insert into kernel.dead_letters
     (id, workspace_id, kind, consumer, event_position, payload, error, attempts, parked_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (consumer, event_position) do update
     set error = excluded.error, attempts = kernel.dead_letters.attempts + excluded.attempts,
       parked_at = excluded.parked_at, redriven_at = null`,
);
const LIST = statement(
  'kernel.list-dead-letters',
  `select ${COLUMNS} from kernel.dead_letters where workspace_id = $1 and ($2::boolean or redriven_at is null)
   order by parked_at desc, id desc limit $3 offset $4`,
);
const COUNT = statement(
  'kernel.count-dead-letters',
  `select count(*) as total from kernel.dead_letters where workspace_id = $1
     and ($2::boolean or redriven_at is null)`,
);
const CLAIM = statement(
  'kernel.claim-dead-letter',
  `update kernel.dead_letters set redriven_at = $3 where workspace_id = $1 and id = $2 and redriven_at is null
   returning ${COLUMNS}`,
);
const FIND = statement(
  'kernel.find-dead-letter',
  `select ${COLUMNS} from kernel.dead_letters where workspace_id = $1 and id = $2`,
);
const COUNT_PENDING = statement(
  'kernel.count-pending-dead-letters',
  `select count(*) as total from kernel.dead_letters where redriven_at is null`,
);

/** A dead letter to insert. */
export type NewDeadLetterRow = Omit<DeadLetter, 'id' | 'redrivenAt'>;

/** Stores dead letters of events, timers and jobs. */
@Injectable()
export class DeadLettersRepository {
  constructor(private readonly database: Database) {}

  async park(deadLetter: NewDeadLetterRow): Promise<void> {
    await this.database.execute(PARK, [
      newId(),
      deadLetter.workspaceId,
      deadLetter.kind,
      deadLetter.consumer,
      deadLetter.eventPosition,
      JSON.stringify(deadLetter.payload),
      deadLetter.error.slice(0, 4000),
      deadLetter.attempts,
      deadLetter.parkedAt,
    ]);
  }

  async listByWorkspace(
    workspaceId: string,
    includeRedriven: boolean,
    limit: number,
    offset: number,
  ): Promise<{ deadLetters: DeadLetter[]; total: number }> {
    const deadLetters = await this.database.rows<DeadLetter & Record<string, unknown>>(LIST, [
      workspaceId,
      includeRedriven,
      limit,
      offset,
    ]);
    const count = await this.database.row<{ total: number }>(COUNT, [workspaceId, includeRedriven]);
    return { deadLetters, total: count!.total };
  }

  findById(workspaceId: string, id: string): Promise<DeadLetter | null> {
    return this.database.row<DeadLetter & Record<string, unknown>>(FIND, [workspaceId, id]);
  }

  /** Marks a dead letter as redriven. Returns null if there is none or it was already redriven. */
  claim(workspaceId: string, id: string, now: string): Promise<DeadLetter | null> {
    return this.database.row<DeadLetter & Record<string, unknown>>(CLAIM, [workspaceId, id, now]);
  }

  async countPending(): Promise<number> {
    return (await this.database.row<{ total: number }>(COUNT_PENDING))!.total;
  }
}

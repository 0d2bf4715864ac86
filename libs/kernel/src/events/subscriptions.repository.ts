import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { LANES } from './event-lanes.js';
import { SubscriberMovedError } from './subscriber-moved-error.js';

/** Position of one lane of a subscriber. */
export interface LanePosition {
  readonly id: string;
  readonly lane: number;
  /** Position in the log up to which the lane has handled its events. */
  readonly position: number;
}

/** A move of a lane from one position to a later one. */
export interface LaneMove {
  readonly id: string;
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** Error code of `kernel.advance_lane`. */
const LANE_MOVED = 'PL001';

// A new subscriber gets all lanes. One that was registered before lanes existed continues each lane at its only
// position.
const REGISTER = statement(
  'kernel.register-subscriber',
  `insert into kernel.subscriptions (id, lane, position)
   select $1, lane, coalesce((select min(position) from kernel.subscriptions where id = $1), $2)
   from generate_series(0, $3::int - 1) lane on conflict (id, lane) do nothing`,
);
const POSITIONS = statement(
  'kernel.subscriber-positions',
  `select position from kernel.subscriptions where id = $1 order by lane`,
);
const ADVANCE = statement('kernel.advance-lane', `select kernel.advance_lane($1, $2::smallint, $3, $4)`);
const ADVANCE_MANY = statement(
  'kernel.advance-lanes',
  `update kernel.subscriptions s set position = m.target, updated_at = now()
   from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[]) as m (id, lane, source, target)
   where s.id = m.id and s.lane = m.lane and s.position = m.source
   returning s.id, s.lane, s.position`,
);
const LIST_ALL = statement(
  'kernel.all-subscriber-positions',
  `select id, min(position) as position, max(updated_at) as "updatedAt"
   from kernel.subscriptions group by id order by id`,
);

/** Positions of the subscribers in the event log, one per lane. */
@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Adds the missing lanes of a subscriber at the lowest position of its other lanes, or else at `position`. Returns
   * true if any was missing.
   */
  async register(id: string, position: number): Promise<boolean> {
    return (await this.database.execute(REGISTER, [id, position, LANES])) > 0;
  }

  /** Positions of a subscriber, indexed by lane. */
  async getPositions(id: string): Promise<number[]> {
    return (await this.database.rows<{ position: number }>(POSITIONS, [id])).map(({ position }) => position);
  }

  /** Moves a lane. @throws SubscriberMovedError if another process moved it, whose work then counts. */
  async advance({ id, lane, from, to }: LaneMove): Promise<void> {
    try {
      await this.database.execute(ADVANCE, [id, lane, from, to]);
    } catch (error) {
      throw (error as { code?: unknown }).code === LANE_MOVED ? new SubscriberMovedError(error) : error;
    }
  }

  /** Moves many lanes in one statement. Returns those that no other process had moved. */
  advanceMany(moves: readonly LaneMove[]): Promise<LanePosition[]> {
    const columns = [
      moves.map(({ id }) => id),
      moves.map(({ lane }) => lane),
      moves.map(({ from }) => from),
      moves.map(({ to }) => to),
    ];
    return this.database.rows<LanePosition & Record<string, unknown>>(ADVANCE_MANY, columns);
  }

  /** The lowest position of each subscriber: everything up to it is handled. */
  listAll(): Promise<{ id: string; position: number; updatedAt: string }[]> {
    return this.database.rows(LIST_ALL);
  }
}

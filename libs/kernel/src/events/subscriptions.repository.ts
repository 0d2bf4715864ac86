import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const ENROL = statement(
  'kernel.enrol-subscriber',
  `insert into kernel.subscriptions (id, position) values ($1, $2) on conflict (id) do nothing`,
);
const POSITION = statement('kernel.subscriber-position', `select position from kernel.subscriptions where id = $1`);
const ADVANCE = statement(
  'kernel.advance-subscriber',
  `update kernel.subscriptions set position = $3, updated_at = now() where id = $1 and position = $2`,
);
const ALL = statement(
  'kernel.subscriber-positions',
  `select id, position, updated_at as "updatedAt" from kernel.subscriptions order by id`,
);

/** Where each subscriber stands in the log. */
@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly database: Database) {}

  /** Enters a subscriber that is new; one that is known keeps its place. */
  async enrol(id: string, position: number): Promise<void> {
    await this.database.execute(ENROL, [id, position]);
  }

  async getPosition(id: string): Promise<number> {
    return (await this.database.row<{ position: number }>(POSITION, [id]))!.position;
  }

  /** Moves a subscriber on; false when somebody else has moved it meanwhile, whose work then counts. */
  async advance(id: string, from: number, to: number): Promise<boolean> {
    return (await this.database.execute(ADVANCE, [id, from, to])) === 1;
  }

  listAll(): Promise<{ id: string; position: number; updatedAt: string }[]> {
    return this.database.rows(ALL);
  }
}

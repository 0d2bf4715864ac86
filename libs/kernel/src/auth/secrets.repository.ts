import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const GET_OR_CREATE = statement(
  'kernel.keep-secret',
  `with kept as (insert into kernel.secrets (name, value) values ($1, $2) on conflict (name) do nothing returning value)
   select value from kept union all select value from kernel.secrets where name = $1 limit 1`,
);

/** Secrets that the installation makes for itself and shares among its processes. */
@Injectable()
export class SecretsRepository {
  constructor(private readonly database: Database) {}

  /** The secret of this name; made, 256 random bits, when it is first asked for. */
  async getOrCreate(name: string): Promise<string> {
    const generated = randomBytes(32).toString('base64url');
    const row =
      (await this.database.row<{ value: string }>(GET_OR_CREATE, [name, generated])) ??
      (await this.database.row<{ value: string }>(GET_OR_CREATE, [name, generated]));
    return row!.value;
  }
}

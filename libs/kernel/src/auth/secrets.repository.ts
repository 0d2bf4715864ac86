import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const GET_OR_CREATE = statement(
  'kernel.get-or-create-secret',
  `with created as (insert into kernel.secrets (name, value) values ($1, $2) on conflict (name) do nothing
     returning value)
   select value from created union all select value from kernel.secrets where name = $1 limit 1`,
);

/** Secrets that the installation generates and shares among its processes. */
@Injectable()
export class SecretsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the secret with this name. Creates it from 256 random bits on first use. */
  async getOrCreate(name: string): Promise<string> {
    const generated = randomBytes(32).toString('base64url');
    const row =
      (await this.database.row<{ value: string }>(GET_OR_CREATE, [name, generated])) ??
      (await this.database.row<{ value: string }>(GET_OR_CREATE, [name, generated]));
    return row!.value;
  }
}

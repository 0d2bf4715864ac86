import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** Second factor of a user. */
export interface SecondFactorRow {
  readonly [column: string]: unknown;
  readonly sealed_secret: string;
  /** Null until a first code is confirmed. */
  readonly enabled_at: string | null;
  /** Time step of the last accepted code. */
  readonly last_step: number;
  readonly recovery_hashes: readonly string[];
}

const SAVE_PENDING = statement(
  'teams.save-pending-second-factor',
  `insert into teams.second_factors (user_id, sealed_secret) values ($1, $2)
   on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, created_at = now()
     where second_factors.enabled_at is null`,
);
const LOCK = statement(
  'teams.lock-second-factor',
  `select sealed_secret, enabled_at, last_step, recovery_hashes from teams.second_factors where user_id = $1
     for update`,
);
const ENABLE = statement(
  'teams.enable-second-factor',
  'update teams.second_factors set enabled_at = now(), last_step = $2, recovery_hashes = $3 where user_id = $1',
);
const USE_STEP = statement(
  'teams.set-second-factor-step',
  'update teams.second_factors set last_step = $2 where user_id = $1',
);
const USE_RECOVERY = statement(
  'teams.use-recovery-code',
  'update teams.second_factors set recovery_hashes = array_remove(recovery_hashes, $2) where user_id = $1',
);
const SET_RECOVERY = statement(
  'teams.set-recovery-codes',
  'update teams.second_factors set recovery_hashes = $2 where user_id = $1',
);
const DELETE = statement('teams.delete-second-factor', 'delete from teams.second_factors where user_id = $1');
const IS_ENABLED = statement(
  'teams.is-second-factor-enabled',
  'select exists (select 1 from teams.second_factors where user_id = $1 and enabled_at is not null) as enabled',
);

/** Rows of `teams.second_factors`. They belong to users, who use one second factor for all of their workspaces. */
@Injectable()
export class SecondFactorsRepository {
  constructor(private readonly database: Database) {}

  /** Stores a secret that is not enabled yet; false if a second factor is enabled. */
  async savePending(userId: string, sealedSecret: string): Promise<boolean> {
    return (await this.database.execute(SAVE_PENDING, [userId, sealedSecret])) > 0;
  }

  /** Returns the row, locked until the transaction ends, so that a code cannot be used twice concurrently. */
  lock(userId: string): Promise<SecondFactorRow | null> {
    return this.database.row<SecondFactorRow>(LOCK, [userId]);
  }

  async enable(userId: string, step: number, recoveryHashes: readonly string[]): Promise<void> {
    await this.database.execute(ENABLE, [userId, step, recoveryHashes]);
  }

  async useStep(userId: string, step: number): Promise<void> {
    await this.database.execute(USE_STEP, [userId, step]);
  }

  async useRecoveryCode(userId: string, hash: string): Promise<void> {
    await this.database.execute(USE_RECOVERY, [userId, hash]);
  }

  /** Replaces the remaining recovery codes. */
  async setRecoveryCodes(userId: string, hashes: readonly string[]): Promise<void> {
    await this.database.execute(SET_RECOVERY, [userId, hashes]);
  }

  async delete(userId: string): Promise<void> {
    await this.database.execute(DELETE, [userId]);
  }

  async isEnabled(userId: string): Promise<boolean> {
    return (await this.database.row<{ enabled: boolean }>(IS_ENABLED, [userId]))!.enabled;
  }
}

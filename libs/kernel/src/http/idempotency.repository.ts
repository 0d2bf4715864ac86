import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { StoredAccess } from './idempotency-access.js';

/** A response that is stored for repeated requests. */
export interface StoredResponse {
  readonly bodyHash: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  /** True if the body is encrypted. */
  readonly sealed: boolean;
  /** What the caller could access; null for responses of earlier versions. */
  readonly access: StoredAccess | null;
}

/** Identity of a request with an `Idempotency-Key`. */
export interface IdempotentCall {
  readonly workspaceId: string;
  readonly credentialId: string;
  readonly route: string;
  readonly key: string;
}

const LOCK = statement(
  'kernel.lock-idempotency-key',
  `select pg_try_advisory_xact_lock(hashtextextended($1, 42)) as locked`,
);
const FIND = statement(
  'kernel.find-idempotency-key',
  `select body_hash as "bodyHash", status, headers, body, sealed, access from kernel.idempotency_keys
   where credential_id = $1 and route = $2 and key = $3 and created_at > $4`,
);
const SAVE = statement(
  'kernel.save-idempotency-key',
  `insert into kernel.idempotency_keys
     (credential_id, route, key, workspace_id, body_hash, status, headers, body, sealed, created_at, access)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   on conflict (credential_id, route, key) do update
     set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers,
       body = excluded.body, sealed = excluded.sealed, created_at = excluded.created_at,
       access = excluded.access`,
);
const PRUNE = statement('kernel.prune-idempotency-keys', `delete from kernel.idempotency_keys where created_at < $1`);

/** Stores the responses of requests with an `Idempotency-Key`. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** Locks the key until the end of the current transaction. Returns false if another transaction has the lock. */
  async tryLock(call: IdempotentCall): Promise<boolean> {
    const row = await this.database.row<{ locked: boolean }>(LOCK, [
      `${call.credentialId}\n${call.route}\n${call.key}`,
    ]);
    return row!.locked;
  }

  find(call: IdempotentCall, notBefore: Date): Promise<StoredResponse | null> {
    return this.database.row<StoredResponse & Record<string, unknown>>(FIND, [
      call.credentialId,
      call.route,
      call.key,
      notBefore,
    ]);
  }

  async save(call: IdempotentCall, response: StoredResponse, now: Date): Promise<void> {
    await this.database.execute(SAVE, [
      call.credentialId,
      call.route,
      call.key,
      call.workspaceId,
      response.bodyHash,
      response.status,
      JSON.stringify(response.headers),
      response.body,
      response.sealed,
      now,
      JSON.stringify(response.access),
    ]);
  }

  prune(before: Date): Promise<number> {
    return this.database.execute(PRUNE, [before]);
  }
}

import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** Sign-in that waits for the provider's callback. */
export interface PendingSignIn {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string | null;
}

interface PendingSignInRow {
  readonly [column: string]: unknown;
  readonly browser_hash: string;
  readonly nonce: string;
  readonly code_verifier: string;
  readonly return_to: string | null;
}

const ADD = statement(
  'teams.add-oidc-sign-in',
  `insert into teams.oidc_sign_ins (workspace_id, provider_id, state_hash, browser_hash, nonce, code_verifier,
     return_to, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const DELETE_AND_RETURN = statement(
  'teams.delete-oidc-sign-in',
  `with deleted as (delete from teams.oidc_sign_ins where workspace_id = $1 and provider_id = $2 and state_hash = $3
     returning browser_hash, nonce, code_verifier, return_to, expires_at)
   select browser_hash, nonce, code_verifier, return_to from deleted where expires_at > $4`,
);
const PRUNE = statement('teams.prune-oidc-sign-ins', 'delete from teams.oidc_sign_ins where expires_at < $1');

/** Rows of `teams.oidc_sign_ins`. */
@Injectable()
export class OidcSignInsRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, providerId: string, pending: PendingSignIn, expiresAt: Date): Promise<void> {
    const { stateHash, browserHash, nonce, codeVerifier, returnTo } = pending;
    await this.database.execute(ADD, [
      workspaceId,
      providerId,
      stateHash,
      browserHash,
      nonce,
      codeVerifier,
      returnTo,
      expiresAt,
    ]);
  }

  /** Deletes and returns a pending sign-in, so that it completes only once; null if there is none or it has expired. */
  async deleteAndReturn(
    workspaceId: string,
    providerId: string,
    stateHash: string,
    now: Date,
  ): Promise<PendingSignIn | null> {
    const row = await this.database.row<PendingSignInRow>(DELETE_AND_RETURN, [workspaceId, providerId, stateHash, now]);
    return (
      row && {
        stateHash,
        browserHash: row.browser_hash,
        nonce: row.nonce,
        codeVerifier: row.code_verifier,
        returnTo: row.return_to,
      }
    );
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}

import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** OIDC sign-in in progress. */
@Entity({ schema: 'teams', name: 'oidc_sign_ins' })
export class OidcSignInEntity {
  /** Hash of the `state` parameter. */
  @PrimaryColumn({ type: 'text', name: 'state_hash' })
  stateHash: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'provider_id' })
  providerId: string;

  /** Hash of the cookie that ties the sign-in to a browser. */
  @Column({ type: 'text', name: 'browser_hash' })
  browserHash: string;

  @Column('text')
  nonce: string;

  @Column({ type: 'text', name: 'code_verifier' })
  codeVerifier: string;

  @Column({ type: 'text', name: 'return_to', nullable: true })
  returnTo: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, transformer: isoTimeTransformer })
  expiresAt: string;
}

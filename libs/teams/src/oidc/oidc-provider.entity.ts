import { isoTimeTransformer } from '@parley/kernel/database';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** OpenID Connect provider that members sign in with. */
@Entity({ schema: 'teams', name: 'oidc_providers' })
export class OidcProviderEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  name: string;

  @Column('text')
  issuer: string;

  @Column({ type: 'text', name: 'client_id' })
  clientId: string;

  /** Encrypted. */
  @Column({ type: 'text', name: 'sealed_client_secret', nullable: true })
  sealedClientSecret: string | null;

  @Column({ type: 'text', name: 'allowed_domains', array: true })
  allowedDomains: readonly string[];

  /** True if users without an account get one when they sign in. */
  @Column({ type: 'boolean', name: 'auto_provision' })
  autoProvision: boolean;

  /** `admin`, `agent`, or the ID of a custom role. */
  @Column({ type: 'text', name: 'default_role' })
  defaultRole: string;

  @Column('boolean')
  enabled: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3, transformer: isoTimeTransformer })
  createdAt: string;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at', precision: 3, transformer: isoTimeTransformer })
  updatedAt: string;

  /** The custom role. */
  @Column({ type: 'uuid', name: 'default_role_id', nullable: true, insert: false, update: false })
  defaultRoleId: string | null;
}

import {
  BooleanField,
  UuidField,
  IntegerField,
  StringField,
  StringListField,
  DateField,
  UrlField,
} from '@parley/kernel/http';
import type { OidcProviderView } from '../oidc-provider.view.js';

const DOMAINS_OPTIONS = { maxItems: 50, maxLength: 253, minLength: 1, example: ['acme.example'] } as const;
const ROLE_OPTIONS = { min: 1, max: 60, example: 'agent' } as const;

export class OidcProviderDto {
  @UuidField({ description: 'ID of the provider.' })
  id: string;

  @StringField({ description: 'Name shown to users.', example: 'Acme login' })
  name: string;

  @UrlField({
    description: 'Issuer URL. The other endpoints are read from its `/.well-known/openid-configuration`.',
    example: 'https://login.acme.example',
  })
  issuer: string;

  @StringField({ description: 'OAuth client ID of this server at the provider.', max: 500, example: 'parley' })
  client_id: string;

  @BooleanField({ description: 'True if a client secret is set. The secret itself is never returned.', example: true })
  has_client_secret: boolean;

  @StringListField({
    ...DOMAINS_OPTIONS,
    description: 'E-mail domains that can sign in, in their ASCII form. Any domain can if the list is empty.',
  })
  allowed_domains: string[];

  @BooleanField({ description: 'If true, users without an account get one when they sign in.', example: false })
  auto_provision: boolean;

  @StringField({
    ...ROLE_OPTIONS,
    description: 'Role of users created by the provider: `admin`, `agent`, or the ID of a custom role.',
  })
  default_role: string;

  @BooleanField({ description: 'True if users can sign in through the provider.', example: true })
  enabled: boolean;

  @UrlField({
    description: 'URL at which users start to sign in.',
    example: 'https://support.acme.example/v1/auth/oidc/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/start',
  })
  start_url: string;

  @UrlField({
    description: 'Redirect URI to register with the provider.',
    example: 'https://support.acme.example/v1/auth/oidc/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/callback',
  })
  redirect_uri: string;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each change.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

export class CreateOidcProviderDto {
  @StringField({ description: 'Name shown to users.', min: 1, max: 120, example: 'Acme login', trim: true })
  name: string;

  @UrlField({
    description:
      "Issuer URL, exactly as in the provider's configuration. Must use https, except for a provider on the same " +
      'machine.',
    example: 'https://login.acme.example',
  })
  issuer: string;

  @StringField({ description: 'OAuth client ID of this server at the provider.', min: 1, max: 500, example: 'parley' })
  client_id: string;

  @StringField({
    description: 'OAuth client secret. Stored encrypted and never returned. Null for a public client.',
    optional: true,
    nullable: true,
    min: 1,
    max: 1000,
    example: 'a-secret-of-the-provider',
  })
  client_secret?: string | null;

  @StringListField({
    ...DOMAINS_OPTIONS,
    description:
      'E-mail domains that can sign in. International domains are stored in their ASCII form. Default: none, which ' +
      'allows any domain.',
    optional: true,
  })
  allowed_domains?: string[];

  @BooleanField({
    description: 'If true, users without an account get one when they sign in. Default: false.',
    optional: true,
    example: false,
  })
  auto_provision?: boolean;

  @StringField({
    ...ROLE_OPTIONS,
    description:
      'Role of users created by the provider: `admin`, `agent`, or the ID of a custom role. Default: `agent`.',
    optional: true,
  })
  default_role?: string;

  @BooleanField({
    description: 'If true, users can sign in through the provider. Default: true.',
    optional: true,
    example: true,
  })
  enabled?: boolean;
}

export class UpdateOidcProviderDto {
  @StringField({
    description: 'Name shown to users.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Acme single sign-on',
    trim: true,
  })
  name?: string;

  @UrlField({
    description:
      "Issuer URL, exactly as in the provider's configuration. A change removes the links between users and the " +
      'previous issuer.',
    optional: true,
    example: 'https://login.acme.example',
  })
  issuer?: string;

  @StringField({
    description: 'OAuth client ID of this server at the provider.',
    optional: true,
    min: 1,
    max: 500,
    example: 'parley',
  })
  client_id?: string;

  @StringField({
    description: 'New OAuth client secret; null removes it.',
    optional: true,
    nullable: true,
    min: 1,
    max: 1000,
    example: 'another-secret-of-the-provider',
  })
  client_secret?: string | null;

  @StringListField({
    ...DOMAINS_OPTIONS,
    description:
      'E-mail domains that can sign in; replaces the list. International domains are stored in their ASCII form.',
    optional: true,
  })
  allowed_domains?: string[];

  @BooleanField({
    description: 'If true, users without an account get one when they sign in.',
    optional: true,
    example: false,
  })
  auto_provision?: boolean;

  @StringField({ ...ROLE_OPTIONS, description: 'Role of users created by the provider.', optional: true })
  default_role?: string;

  @BooleanField({ description: 'If true, users can sign in through the provider.', optional: true, example: true })
  enabled?: boolean;
}

/** Maps a provider to its DTO. `baseUrl` is the prefix of its start and callback URLs. */
export function toOidcProviderDto(view: OidcProviderView, baseUrl: string): OidcProviderDto {
  return {
    id: view.id,
    name: view.name,
    issuer: view.issuer,
    client_id: view.clientId,
    has_client_secret: view.hasClientSecret,
    allowed_domains: [...view.allowedDomains],
    auto_provision: view.autoProvision,
    default_role: view.defaultRole,
    enabled: view.enabled,
    start_url: `${baseUrl}/start`,
    redirect_uri: `${baseUrl}/callback`,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

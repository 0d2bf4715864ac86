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

/** Whom the workspace trusts to say who its people are. */
export class OidcProviderDto {
  @UuidField({ description: 'Id of the provider.' })
  id: string;

  @StringField({ description: 'What people know it by.', example: 'Acme login' })
  name: string;

  @UrlField({
    description: 'Issuer; its `/.well-known/openid-configuration` says the rest.',
    example: 'https://login.acme.example',
  })
  issuer: string;

  @StringField({ description: 'What the provider knows this server by.', max: 500, example: 'parley' })
  client_id: string;

  @BooleanField({ description: 'Whether a client secret is set. The secret itself is never shown.', example: true })
  has_client_secret: boolean;

  @StringListField({ ...DOMAINS_OPTIONS, description: 'Domains that e-mails must be of; any when there are none.' })
  allowed_domains: string[];

  @BooleanField({ description: 'Whether whoever signs in without an account is given one.', example: false })
  auto_provision: boolean;

  @StringField({
    ...ROLE_OPTIONS,
    description: 'The role that they are given: `admin`, `agent`, or the id of a custom role.',
  })
  default_role: string;

  @BooleanField({ description: 'Whether one can sign in through it.', example: true })
  enabled: boolean;

  @UrlField({
    description: 'Where people begin to sign in.',
    example: 'https://support.acme.example/v1/auth/oidc/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/start',
  })
  start_url: string;

  @UrlField({
    description: 'What to register with the provider as the redirect URI.',
    example: 'https://support.acme.example/v1/auth/oidc/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/callback',
  })
  redirect_uri: string;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new provider. */
export class CreateOidcProviderDto {
  @StringField({ description: 'What people know it by.', min: 1, max: 120, example: 'Acme login' })
  name: string;

  @UrlField({
    description: 'Issuer, exactly as the provider spells it. https, but for a provider on this very machine.',
    example: 'https://login.acme.example',
  })
  issuer: string;

  @StringField({ description: 'What the provider knows this server by.', min: 1, max: 500, example: 'parley' })
  client_id: string;

  @StringField({
    description: 'What the server proves itself with; kept encrypted and never shown. Null for a public client.',
    optional: true,
    nullable: true,
    min: 1,
    max: 1000,
    example: 'a-secret-of-the-provider',
  })
  client_secret?: string | null;

  @StringListField({
    ...DOMAINS_OPTIONS,
    description: 'Domains that e-mails must be of. Default none, so that any will do.',
    optional: true,
  })
  allowed_domains?: string[];

  @BooleanField({
    description: 'Whether whoever signs in without an account is given one. Default false.',
    optional: true,
    example: true,
  })
  auto_provision?: boolean;

  @StringField({
    ...ROLE_OPTIONS,
    description: 'The role that they are given: `admin`, `agent`, or the id of a custom role. Default agent.',
    optional: true,
  })
  default_role?: string;

  @BooleanField({ description: 'Whether one can sign in through it. Default true.', optional: true, example: true })
  enabled?: boolean;
}

/** What to change about a provider. */
export class UpdateOidcProviderDto {
  @StringField({
    description: 'What people know it by.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Acme single sign-on',
  })
  name?: string;

  @UrlField({
    description: 'Issuer, exactly as the provider spells it.',
    optional: true,
    example: 'https://login.acme.example',
  })
  issuer?: string;

  @StringField({
    description: 'What the provider knows this server by.',
    optional: true,
    min: 1,
    max: 500,
    example: 'parley',
  })
  client_id?: string;

  @StringField({
    description: 'Another client secret; null takes it away.',
    optional: true,
    nullable: true,
    min: 1,
    max: 1000,
    example: 'another-secret-of-the-provider',
  })
  client_secret?: string | null;

  @StringListField({ ...DOMAINS_OPTIONS, description: 'Domains that e-mails must be of.', optional: true })
  allowed_domains?: string[];

  @BooleanField({
    description: 'Whether whoever signs in without an account is given one.',
    optional: true,
    example: false,
  })
  auto_provision?: boolean;

  @StringField({ ...ROLE_OPTIONS, description: 'The role that they are given.', optional: true })
  default_role?: string;

  @BooleanField({ description: 'Whether one can sign in through it.', optional: true, example: true })
  enabled?: boolean;
}

/** Puts a provider on the wire; `base` is where sign-ins through it begin and end. */
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

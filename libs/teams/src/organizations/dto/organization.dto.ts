import { PLANS } from '@parley/kernel';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  NestedField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import type { OrganizationView } from '../organization.view.js';

const COUNTRY_OPTIONS = {
  description:
    'Country, ISO 3166-1 alpha-2, whose telephone numbers are taken without a prefix; null takes international ones only. Default null.',
  nullable: true,
  min: 2,
  max: 2,
  example: 'DE',
} as const;

const PASSWORD_SIGN_IN_OPTIONS = {
  description:
    'Whether members may sign in with a password, or only through an OIDC provider. Owners always may. Default true.',
  example: true,
} as const;

const STRICT_ATTRIBUTES_OPTIONS = {
  description: 'Whether `custom_fields` take only fields that `/v1/attribute-definitions` defines. Default false.',
  example: false,
} as const;

/** What an organization has settled for itself. */
export class OrganizationSettingsDto {
  @StringField(COUNTRY_OPTIONS)
  default_country: string | null;

  @BooleanField(PASSWORD_SIGN_IN_OPTIONS)
  password_sign_in: boolean;

  @BooleanField(STRICT_ATTRIBUTES_OPTIONS)
  strict_attributes: boolean;
}

/** Settings to change. Those left out stay. */
export class UpdateOrganizationSettingsDto {
  @StringField({ ...COUNTRY_OPTIONS, optional: true })
  default_country?: string | null;

  @BooleanField({ ...PASSWORD_SIGN_IN_OPTIONS, optional: true })
  password_sign_in?: boolean;

  @BooleanField({ ...STRICT_ATTRIBUTES_OPTIONS, optional: true })
  strict_attributes?: boolean;
}

/** The workspace that the credential belongs to, with its settings. */
export class OrganizationDto {
  @UuidField({ description: 'Id of the organization, the same as of the workspace.' })
  id: string;

  @StringField({ description: 'Its name.', example: 'Acme Support' })
  name: string;

  @EnumField(PLANS, {
    description: "Decides its requests a minute. Set by the server's operator.",
    example: 'unlimited',
  })
  plan: string;

  @StringField({
    description: 'IANA time zone that reports and schedules use unless they say otherwise.',
    example: 'Europe/Berlin',
  })
  timezone: string;

  @StringField({
    description: 'BCP 47 language tag of what is written without another language being known.',
    example: 'en-US',
  })
  locale: string;

  @NestedField(() => OrganizationSettingsDto, { description: 'What it has settled for itself.' })
  settings: OrganizationSettingsDto;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about an organization. */
export class UpdateOrganizationDto {
  @StringField({ description: 'Its name.', optional: true, min: 1, max: 120, example: 'Acme Customer Care' })
  name?: string;

  @StringField({ description: 'IANA time zone.', optional: true, min: 1, max: 100, example: 'Europe/Berlin' })
  timezone?: string;

  @StringField({ description: 'BCP 47 language tag.', optional: true, min: 1, max: 100, example: 'en-US' })
  locale?: string;

  @NestedField(() => UpdateOrganizationSettingsDto, {
    description: 'Settings to change. Those left out stay.',
    optional: true,
  })
  settings?: UpdateOrganizationSettingsDto;
}

/** Puts an organization on the wire. */
export function toOrganizationDto(view: OrganizationView): OrganizationDto {
  const { id, name, plan, timezone, locale, settings, version } = view;
  const { default_country, password_sign_in, strict_attributes } = settings;
  return {
    id,
    name,
    plan,
    timezone,
    locale,
    settings: { default_country, password_sign_in, strict_attributes },
    version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

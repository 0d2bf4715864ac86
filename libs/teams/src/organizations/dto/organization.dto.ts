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
    'Country whose phone numbers are accepted without a country prefix, as an ISO 3166-1 alpha-2 code. If null, ' +
    'only international numbers are accepted. Default: null.',
  nullable: true,
  min: 2,
  max: 2,
  example: 'DE',
} as const;

const PASSWORD_SIGN_IN_OPTIONS = {
  description:
    'If true, members can sign in with a password; if false, only through an OIDC provider. Owners can always ' +
    'use a password. Default: true.',
  example: true,
} as const;

const STRICT_ATTRIBUTES_OPTIONS = {
  description:
    'If true, `custom_fields` accepts only fields that are defined in `/v1/attribute-definitions`. Default: false.',
  example: false,
} as const;

/** Settings of an organization. */
export class OrganizationSettingsDto {
  @StringField(COUNTRY_OPTIONS)
  default_country: string | null;

  @BooleanField(PASSWORD_SIGN_IN_OPTIONS)
  password_sign_in: boolean;

  @BooleanField(STRICT_ATTRIBUTES_OPTIONS)
  strict_attributes: boolean;
}

/** Changes to the settings. Omitted settings keep their value. */
export class UpdateOrganizationSettingsDto {
  @StringField({ ...COUNTRY_OPTIONS, optional: true })
  default_country?: string | null;

  @BooleanField({ ...PASSWORD_SIGN_IN_OPTIONS, optional: true })
  password_sign_in?: boolean;

  @BooleanField({ ...STRICT_ATTRIBUTES_OPTIONS, optional: true })
  strict_attributes?: boolean;
}

/** Organization: the workspace of the credential, with its settings. */
export class OrganizationDto {
  @UuidField({ description: 'ID of the organization; the same as the ID of the workspace.' })
  id: string;

  @StringField({ description: 'Name of the organization.', example: 'Acme Support' })
  name: string;

  @EnumField(PLANS, {
    description: 'Plan of the organization. It determines the rate limit and is set by the operator of the server.',
    example: 'unlimited',
  })
  plan: string;

  @StringField({
    description: 'Default IANA time zone of reports and schedules.',
    example: 'Europe/Berlin',
  })
  timezone: string;

  @StringField({
    description: 'Default language, as a BCP 47 language tag.',
    example: 'en-US',
  })
  locale: string;

  @NestedField(() => OrganizationSettingsDto, { description: 'Settings of the organization.' })
  settings: OrganizationSettingsDto;

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

export class UpdateOrganizationDto {
  @StringField({
    description: 'Name of the organization.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Acme Customer Care',
    prefill: false,
    trim: true,
  })
  name?: string;

  @StringField({
    description: 'Default IANA time zone of reports and schedules.',
    optional: true,
    min: 1,
    max: 100,
    example: 'Europe/Berlin',
  })
  timezone?: string;

  @StringField({
    description: 'Default language, as a BCP 47 language tag.',
    optional: true,
    min: 1,
    max: 100,
    example: 'en-US',
  })
  locale?: string;

  @NestedField(() => UpdateOrganizationSettingsDto, {
    description: 'Changes to the settings. Omitted settings keep their value.',
    optional: true,
  })
  settings?: UpdateOrganizationSettingsDto;
}

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

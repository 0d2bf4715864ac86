/** Settings of an organization, with defaults applied. */
export interface OrganizationSettings {
  /** ISO 3166-1 alpha-2 code of the country whose phone numbers are accepted without a prefix; null for none. */
  readonly default_country: string | null;
  /** True if members can sign in with a password; owners always can. */
  readonly password_sign_in: boolean;
  /** True if `custom_fields` accepts defined fields only. */
  readonly strict_attributes: boolean;
}

const DEFAULTS: OrganizationSettings = { default_country: null, password_sign_in: true, strict_attributes: false };

/** Applies the defaults to stored settings. */
export function toOrganizationSettings(stored: Readonly<Record<string, unknown>>): OrganizationSettings {
  return { ...DEFAULTS, ...stored };
}

/** What an organization has settled for itself, with the default where it has not. */
export interface OrganizationSettings {
  /** Country, ISO 3166-1 alpha-2, whose telephone numbers are taken without a prefix; null for none. */
  readonly default_country: string | null;
  /** Whether members may sign in with a password; owners always may. */
  readonly password_sign_in: boolean;
  /** Whether `custom_fields` take defined fields only. */
  readonly strict_attributes: boolean;
}

const DEFAULTS: OrganizationSettings = { default_country: null, password_sign_in: true, strict_attributes: false };

/** The settings as they are kept, with the defaults of those that are not. */
export function toOrganizationSettings(stored: Readonly<Record<string, unknown>>): OrganizationSettings {
  return { ...DEFAULTS, ...stored };
}

/** OpenID Connect provider that a workspace trusts to authenticate its users. */
export interface OidcProviderView {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasClientSecret: boolean;
  /** E-mail domains that can sign in. Any domain can if the list is empty. */
  readonly allowedDomains: readonly string[];
  /** True if users without an account get one when they sign in. */
  readonly autoProvision: boolean;
  /** Role of users created by the provider: `admin`, `agent`, or the ID of a custom role. */
  readonly defaultRole: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Settings of a provider. */
export type OidcProviderSettings = Pick<
  OidcProviderView,
  'name' | 'issuer' | 'clientId' | 'allowedDomains' | 'autoProvision' | 'defaultRole' | 'enabled'
>;

/** Changes to a provider. Omitted fields keep their value; a null secret removes the secret. */
export type UpdateOidcProviderInput = {
  readonly [Field in keyof OidcProviderSettings]?: OidcProviderSettings[Field] | undefined;
} & { readonly clientSecret?: string | null | undefined };

/** Provider with the data that a sign-in needs. */
export interface SignInProvider extends OidcProviderView {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly sealedClientSecret: string | null;
}

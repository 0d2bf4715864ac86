/** Somebody whom a workspace trusts to say who its people are. */
export interface OidcProviderView {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasClientSecret: boolean;
  /** Domains that e-mails must be of; any when there are none. */
  readonly allowedDomains: readonly string[];
  /** Whether whoever has no account yet is given one. */
  readonly autoProvision: boolean;
  /** The role that they are given: `admin`, `agent`, or the id of a custom role. */
  readonly defaultRole: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a provider is set to. */
export type OidcProviderSettings = Pick<
  OidcProviderView,
  'name' | 'issuer' | 'clientId' | 'allowedDomains' | 'autoProvision' | 'defaultRole' | 'enabled'
>;

/** What to change about a provider; what is left out stays. A secret of null is taken away. */
export type UpdateOidcProviderInput = {
  readonly [Field in keyof OidcProviderSettings]?: OidcProviderSettings[Field] | undefined;
} & { readonly clientSecret?: string | null | undefined };

/** A provider as it is signed in through. */
export interface SignInProvider extends OidcProviderView {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly sealedClientSecret: string | null;
}

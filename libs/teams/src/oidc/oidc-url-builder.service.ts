import { Inject, Injectable } from '@nestjs/common';
import { badRequestError, SETTINGS, type Settings } from '@parley/kernel';
import { resolveReturnUrl } from './oidc-rules.js';

/** Addresses that sign-ins through providers go by. */
@Injectable()
export class OidcUrlBuilder {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Where sign-ins through a provider begin and end. */
  buildBaseUrl(providerId: string): string {
    return `${this.settings.publicUrl}/v1/auth/oidc/${providerId}`;
  }

  buildRedirectUri(providerId: string): string {
    return `${this.buildBaseUrl(providerId)}/callback`;
  }

  /** Whether browsers reach this server encrypted. */
  get isSecure(): boolean {
    return this.settings.publicUrl.startsWith('https:');
  }

  /** The address to go back to. @throws DomainError BAD_REQUEST when it is not this server's. */
  resolveReturnUrl(returnTo: string): string {
    const url = resolveReturnUrl(returnTo, this.settings.publicUrl);
    if (url === null)
      throw badRequestError({ return_to: [`return_to must be an address at ${this.settings.publicUrl}`] });
    return url;
  }
}

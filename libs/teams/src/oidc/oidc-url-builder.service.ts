import { Inject, Injectable } from '@nestjs/common';
import { invalidInputError, SETTINGS, type Settings } from '@parley/kernel';
import { resolveReturnUrl } from './oidc-rules.js';

/** URLs of sign-ins through OIDC providers. */
@Injectable()
export class OidcUrlBuilder {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Prefix of the start and callback URLs of a provider. */
  buildBaseUrl(providerId: string): string {
    return `${this.settings.publicUrl}/v1/auth/oidc/${providerId}`;
  }

  buildRedirectUri(providerId: string): string {
    return `${this.buildBaseUrl(providerId)}/callback`;
  }

  /** True if browsers reach this server over https. */
  get isSecure(): boolean {
    return this.settings.publicUrl.startsWith('https:');
  }

  /**
   * Resolves a return URL.
   * @throws DomainError BAD_REQUEST if it is not on this server.
   */
  resolveReturnUrl(returnTo: string): string {
    const url = resolveReturnUrl(returnTo, this.settings.publicUrl);
    if (url === null) throw invalidInputError('returnTo', `must be a URL on ${this.settings.publicUrl}`);
    return url;
  }
}

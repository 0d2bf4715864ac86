import { Inject, Injectable } from '@nestjs/common';
import { badRequest, SETTINGS, type Settings } from '@parley/kernel';
import { returnAddress } from './oidc-rules.js';

/** Addresses that sign-ins through providers go by. */
@Injectable()
export class OidcUrls {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Where sign-ins through a provider begin and end. */
  base(providerId: string): string {
    return `${this.settings.publicUrl}/v1/auth/oidc/${providerId}`;
  }

  redirectUri(providerId: string): string {
    return `${this.base(providerId)}/callback`;
  }

  /** Whether browsers reach this server encrypted. */
  get secure(): boolean {
    return this.settings.publicUrl.startsWith('https:');
  }

  /** The address to go back to. @throws DomainError BAD_REQUEST when it is not this server's. */
  returnTo(wanted: string): string {
    const address = returnAddress(wanted, this.settings.publicUrl);
    if (address === null)
      throw badRequest({ return_to: [`return_to must be an address at ${this.settings.publicUrl}`] });
    return address;
  }
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, notFound, UnitOfWork } from '@parley/kernel';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { Device } from '../auth/sign-in-ledger.service.js';
import { SignInTokens, type SignInView } from '../auth/sign-in-tokens.service.js';
import { OidcClient } from './oidc-client.service.js';
import { OidcPeople } from './oidc-people.service.js';
import type { SigningProvider } from './oidc-provider.view.js';
import { OidcProvidersRepository } from './oidc-providers.repository.js';
import { OidcSignInsRepository, type PendingSignIn } from './oidc-sign-ins.repository.js';

/** Seconds that somebody may take to sign in with their provider. */
export const SIGN_IN_SECONDS = 600;

/** Somebody who comes back from a provider. */
export interface OidcReturn {
  readonly providerId: string;
  /** What is in the address that they came back by, as it is. */
  readonly query: string;
  /** The value of the cookie that they were given when they began. */
  readonly browser: string | null;
  readonly device: Device;
}

/** What came of it: tokens or the refusal, and where to go with either. */
export interface OidcOutcome {
  readonly returnTo: string | null;
  readonly result: SignInView | DomainError;
}

/** Signing in through somebody who says who one is. */
@Injectable()
export class OidcSignInService {
  constructor(
    private readonly providers: OidcProvidersRepository,
    private readonly pending: OidcSignInsRepository,
    private readonly client: OidcClient,
    private readonly people: OidcPeople,
    private readonly tokens: SignInTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Begins, and gives the address at which the provider asks who one is. @throws DomainError NOT_FOUND, UNAVAILABLE */
  async begin(providerId: string, browser: string, returnTo: string | null): Promise<string> {
    const provider = await this.provider(providerId);
    const state = randomState();
    const pending: PendingSignIn = {
      stateHash: hashOf(state),
      browserHash: hashOf(browser),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      returnTo,
    };
    const url = await this.client.authorizationUrl(provider, state, pending);
    const expiresAt = new Date(this.clock.now().getTime() + SIGN_IN_SECONDS * 1000);
    await this.unitOfWork.run(() => this.pending.add(provider.workspaceId, provider.id, pending, expiresAt));
    return url;
  }

  /** Ends what was begun, in the same browser and once. @throws DomainError NOT_FOUND, UNAUTHORIZED when nothing was begun. */
  async end({ providerId, query, browser, device }: OidcReturn): Promise<OidcOutcome> {
    const provider = await this.provider(providerId);
    const parameters = new URLSearchParams(query);
    const state = parameters.get('state') ?? '';
    const pending = await this.unitOfWork.run(() =>
      this.pending.take(provider.workspaceId, provider.id, hashOf(state), this.clock.now()),
    );
    if (!pending || browser === null || hashOf(browser) !== pending.browserHash) {
      throw new DomainError(
        'UNAUTHORIZED',
        'This sign-in was not begun here, took too long, or was ended before: begin again',
      );
    }
    const { returnTo } = pending;
    try {
      return { returnTo, result: await this.signIn(provider, query, state, pending, device) };
    } catch (error) {
      if (returnTo === null || !(error instanceof DomainError)) throw error;
      return { returnTo, result: error };
    }
  }

  private async signIn(
    provider: SigningProvider,
    query: string,
    state: string,
    pending: PendingSignIn,
    device: Device,
  ): Promise<SignInView> {
    const claims = await this.client.claims(provider, query, state, pending);
    const { workspaceId, workspaceName } = provider;
    return this.unitOfWork.run(async () => {
      const userId = await this.people.resolve(provider, claims);
      return this.tokens.begin(
        userId,
        { workspaceId, workspaces: [{ id: workspaceId, name: workspaceName }], byPassword: false },
        device,
      );
    });
  }

  private async provider(id: string): Promise<SigningProvider> {
    const provider = await this.providers.findSigning(id);
    if (!provider) throw notFound('OIDC provider');
    return provider;
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

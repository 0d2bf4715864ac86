import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { Device } from '../auth/sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from '../auth/sign-in-tokens.service.js';
import { OidcClientService } from './oidc-client.service.js';
import { OidcUserResolver } from './oidc-user-resolver.service.js';
import type { SignInProvider } from './oidc-provider.view.js';
import { OidcProvidersRepository } from './oidc-providers.repository.js';
import { OidcSignInsRepository, type PendingSignIn } from './oidc-sign-ins.repository.js';

/** Time limit of a sign-in at the provider, in seconds. */
export const SIGN_IN_TIMEOUT_SECONDS = 600;

/** Callback request from a provider. */
export interface OidcCallbackInput {
  readonly providerId: string;
  /** Raw query string of the callback URL. */
  readonly query: string;
  /** Value of the browser cookie from the start of the sign-in. */
  readonly browserToken: string | null;
  readonly device: Device;
}

/** Result of a sign-in: tokens or an error, and the URL to redirect to. */
export interface OidcSignInResult {
  readonly returnTo: string | null;
  readonly result: SignInView | DomainError;
}

/** Sign-in through an OpenID Connect provider. */
@Injectable()
export class OidcSignInService {
  constructor(
    private readonly providers: OidcProvidersRepository,
    private readonly signIns: OidcSignInsRepository,
    private readonly client: OidcClientService,
    private readonly userResolver: OidcUserResolver,
    private readonly tokens: SignInTokensService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a sign-in and returns the authorization URL of the provider.
   * @throws DomainError NOT_FOUND, UNAVAILABLE
   */
  async start(providerId: string, browserToken: string, returnTo: string | null): Promise<string> {
    const provider = await this.getProvider(providerId);
    const state = randomState();
    const pending: PendingSignIn = {
      stateHash: hashSecret(state),
      browserHash: hashSecret(browserToken),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      returnTo,
    };
    const url = await this.client.createAuthorizationUrl(provider, state, pending);
    const expiresAt = new Date(this.clock.now().getTime() + SIGN_IN_TIMEOUT_SECONDS * 1000);
    await this.unitOfWork.run(() => this.signIns.add(provider.workspaceId, provider.id, pending, expiresAt));
    return url;
  }

  /**
   * Completes a pending sign-in. Works once, and only in the browser that started it.
   * @throws DomainError NOT_FOUND, UNAUTHORIZED if there is no such pending sign-in.
   */
  async complete({ providerId, query, browserToken, device }: OidcCallbackInput): Promise<OidcSignInResult> {
    const provider = await this.getProvider(providerId);
    const parameters = new URLSearchParams(query);
    const state = parameters.get('state') ?? '';
    const pending = await this.unitOfWork.run(() =>
      this.signIns.deleteAndReturn(provider.workspaceId, provider.id, hashSecret(state), this.clock.now()),
    );
    if (!pending || browserToken === null || hashSecret(browserToken) !== pending.browserHash) {
      throw new DomainError(
        'UNAUTHORIZED',
        'This sign-in was not started in this browser, has expired or was already completed: start again',
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
    provider: SignInProvider,
    query: string,
    state: string,
    pending: PendingSignIn,
    device: Device,
  ): Promise<SignInView> {
    const claims = await this.client.exchangeCode(provider, query, state, pending);
    const { workspaceId, workspaceName } = provider;
    return this.unitOfWork.run(async () => {
      const userId = await this.userResolver.resolve(provider, claims);
      return this.tokens.startSession(
        userId,
        { workspaceId, workspaces: [{ id: workspaceId, name: workspaceName }], byPassword: false },
        device,
      );
    });
  }

  private async getProvider(id: string): Promise<SignInProvider> {
    const provider = await this.providers.findForSignIn(id);
    if (!provider) throw notFoundError('OIDC provider');
    return provider;
  }
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

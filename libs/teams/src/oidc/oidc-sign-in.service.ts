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

/** Seconds that somebody may take to sign in with their provider. */
export const SIGN_IN_TIMEOUT_SECONDS = 600;

/** Somebody who comes back from a provider. */
export interface OidcCallbackInput {
  readonly providerId: string;
  /** What is in the address that they came back by, as it is. */
  readonly query: string;
  /** The value of the cookie that they were given when they began. */
  readonly browserToken: string | null;
  readonly device: Device;
}

/** What came of it: tokens or the refusal, and where to go with either. */
export interface OidcSignInResult {
  readonly returnTo: string | null;
  readonly result: SignInView | DomainError;
}

/** Signing in through somebody who says who one is. */
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

  /** Begins, and gives the address at which the provider asks who one is. @throws DomainError NOT_FOUND, UNAVAILABLE */
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

  /** Ends what was begun, in the same browser and once. @throws DomainError NOT_FOUND, UNAUTHORIZED when nothing was begun. */
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

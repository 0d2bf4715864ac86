import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError, OutboundHttp, unseal, type OutboundRequest } from '@parley/kernel';
import { LRUCache } from 'lru-cache';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  fetchUserInfo,
  None,
  type Configuration,
  type CustomFetchOptions,
} from 'openid-client';
import { SEALING_KEY } from '../sealing-key.js';
import type { SigningProvider } from './oidc-provider.view.js';
import { isPlainHttp } from './oidc-rules.js';
import { OidcUrls } from './oidc-urls.service.js';
import type { PendingSignIn } from './oidc-sign-ins.repository.js';

/** Whom a provider says somebody is. */
export interface OidcClaims {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
}

const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 1_000_000;
const REMEMBERED_MS = 10 * 60_000;

/** No answer came from the provider, or none may be asked for. */
class Unreachable extends Error {}

/** Speaks OpenID Connect with providers, over addresses that requests may reach. */
@Injectable()
export class OidcClient {
  private readonly logger = new Logger(OidcClient.name);
  private readonly known = new LRUCache<string, Configuration>({ max: 500, ttl: REMEMBERED_MS });

  constructor(
    @Inject(SEALING_KEY) private readonly key: Buffer,
    private readonly outbound: OutboundHttp,
    private readonly urls: OidcUrls,
  ) {}

  /** Where the provider asks people who they are. @throws DomainError UNAVAILABLE when it cannot be reached. */
  async authorizationUrl(
    provider: SigningProvider,
    state: string,
    { nonce, codeVerifier }: Pick<PendingSignIn, 'nonce' | 'codeVerifier'>,
  ): Promise<string> {
    const configuration = await this.configuration(provider);
    const challenge = await calculatePKCECodeChallenge(codeVerifier);
    const parameters = {
      redirect_uri: this.urls.redirectUri(provider.id),
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    return buildAuthorizationUrl(configuration, parameters).href;
  }

  /**
   * Exchanges the code that somebody has brought back for who they are.
   * @param query of the address that they came back by, as it is
   * @throws DomainError UNAUTHORIZED when the provider does not confirm it, UNAVAILABLE when it cannot be reached.
   */
  async claims(
    provider: SigningProvider,
    query: string,
    state: string,
    { nonce, codeVerifier }: Pick<PendingSignIn, 'nonce' | 'codeVerifier'>,
  ): Promise<OidcClaims> {
    const configuration = await this.configuration(provider);
    const url = new URL(`${this.urls.redirectUri(provider.id)}?${query}`);
    return this.asking(provider, async () => {
      const tokens = await authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const more =
        claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
          ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {};
      return claimsIn({ ...more, ...claims });
    });
  }

  private async configuration(provider: SigningProvider): Promise<Configuration> {
    const key = `${provider.id}:${provider.version}`;
    const known = this.known.get(key);
    if (known) return known;
    const { id, issuer, clientId, sealedClientSecret } = provider;
    const secret = sealedClientSecret === null ? undefined : unseal(sealedClientSecret, id, this.key);
    const options = {
      [customFetch]: this.fetch,
      timeout: TIMEOUT_MS / 1000,
      ...(isPlainHttp(issuer) && { execute: [allowInsecureRequests] }),
    };
    try {
      const configuration = await discovery(
        new URL(issuer),
        clientId,
        secret,
        secret === undefined ? None() : undefined,
        options,
      );
      this.known.set(key, configuration);
      return configuration;
    } catch (error) {
      this.logger.warn(`OIDC provider ${id}: ${reasonsOf(error).join(': ')}`);
      throw unavailable();
    }
  }

  private async asking<T>(provider: SigningProvider, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.logger.warn(`OIDC provider ${provider.id}: ${reasonsOf(error).join(': ')}`);
      if (causesOf(error).some((cause) => cause instanceof Unreachable)) throw unavailable();
      throw new DomainError('UNAUTHORIZED', 'The provider did not confirm who you are: sign in again');
    }
  }

  private readonly fetch = async (url: string, { method, headers, body }: CustomFetchOptions): Promise<Response> => {
    const sent = body === null || body === undefined ? undefined : String(body);
    const answer = await this.outbound.send({
      url,
      method: method as OutboundRequest['method'],
      headers,
      body: sent,
      timeoutMs: TIMEOUT_MS,
      mostBytes: LARGEST_ANSWER,
    });
    if (answer.status === null || answer.error !== null)
      throw new Unreachable(`${new URL(url).origin} ${answer.error ?? 'gave no answer'}`);
    return new Response(answer.status === 204 || answer.status === 304 ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };
}

function claimsIn(claims: Readonly<Record<string, unknown>>): OidcClaims {
  const text = (value: unknown): string | null =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  return {
    subject: String(claims.sub),
    email: text(claims.email),
    emailVerified: claims.email_verified === true,
    name: text(claims.name),
  };
}

function unavailable(): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    "The provider cannot be reached, or is not set up as it should be: an admin finds the reason in the server's log",
    {},
    30,
  );
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

function reasonsOf(error: unknown): string[] {
  return causesOf(error).map((cause) => (cause as Error).message);
}

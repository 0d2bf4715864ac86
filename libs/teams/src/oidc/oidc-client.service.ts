import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { isSignInEmail, normalizeEmail } from '@parley/kernel/email';
import { decryptSecret } from '@parley/kernel/auth';
import { OutboundHttpService, type OutboundRequest } from '@parley/kernel/net';
import { LRUCache } from 'lru-cache';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  type Configuration,
  type CustomFetchOptions,
} from 'openid-client';
import { SEALING_KEY } from '../sealing/sealing-key.js';
import type { SignInProvider } from './oidc-provider.view.js';
import { isPlainHttp } from './oidc-rules.js';
import { OidcUrlBuilder } from './oidc-url-builder.service.js';
import type { PendingSignIn } from './oidc-sign-ins.repository.js';

/** Claims about a user from an OIDC provider. */
export interface OidcClaims {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
}

const TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 1_000_000;
const CONFIGURATION_CACHE_MS = 10 * 60_000;

/** The provider did not respond, or its address is blocked. */
class ProviderUnreachableError extends Error {}

/** OpenID Connect client. Sends requests only to allowed addresses. */
@Injectable()
export class OidcClientService {
  private readonly logger = new Logger(OidcClientService.name);
  private readonly configurations = new LRUCache<string, Configuration>({ max: 500, ttl: CONFIGURATION_CACHE_MS });

  constructor(
    @Inject(SEALING_KEY) private readonly sealingKey: Buffer,
    private readonly outbound: OutboundHttpService,
    private readonly urls: OidcUrlBuilder,
  ) {}

  /**
   * Builds the authorization URL of the provider.
   * @throws DomainError UNAVAILABLE if the provider cannot be reached.
   */
  async createAuthorizationUrl(
    provider: SignInProvider,
    state: string,
    { nonce, codeVerifier }: Pick<PendingSignIn, 'nonce' | 'codeVerifier'>,
  ): Promise<string> {
    const configuration = await this.loadConfiguration(provider);
    const codeChallenge = await calculatePKCECodeChallenge(codeVerifier);
    const parameters = {
      redirect_uri: this.urls.buildRedirectUri(provider.id),
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    };
    return buildAuthorizationUrl(configuration, parameters).href;
  }

  /**
   * Exchanges an authorization code for the claims of the user.
   * @param query raw query string of the callback
   * @throws DomainError UNAUTHORIZED if the provider does not confirm the sign-in, UNAVAILABLE if it cannot be reached.
   */
  async exchangeCode(
    provider: SignInProvider,
    query: string,
    state: string,
    { nonce, codeVerifier }: Pick<PendingSignIn, 'nonce' | 'codeVerifier'>,
  ): Promise<OidcClaims> {
    const configuration = await this.loadConfiguration(provider);
    const url = new URL(`${this.urls.buildRedirectUri(provider.id)}?${query}`);
    return this.mapProviderErrors(provider, async () => {
      const tokens = await authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const userInfo =
        claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
          ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {};
      return toOidcClaims({ ...userInfo, ...claims });
    });
  }

  private async loadConfiguration(provider: SignInProvider): Promise<Configuration> {
    const cacheKey = `${provider.id}:${provider.version}`;
    const cached = this.configurations.get(cacheKey);
    if (cached) return cached;
    const { id, issuer, clientId, sealedClientSecret } = provider;
    const secret = sealedClientSecret === null ? undefined : decryptSecret(sealedClientSecret, id, this.sealingKey);
    const options = {
      [customFetch]: this.fetch,
      timeout: TIMEOUT_MS / 1000,
      // Verifies the signature of ID tokens, in addition to the TLS connection that they arrive by.
      execute: [enableNonRepudiationChecks, ...(isPlainHttp(issuer) ? [allowInsecureRequests] : [])],
    };
    try {
      const configuration = await discovery(
        new URL(issuer),
        clientId,
        secret,
        secret === undefined ? None() : undefined,
        options,
      );
      this.configurations.set(cacheKey, configuration);
      return configuration;
    } catch (error) {
      this.logger.warn(`OIDC provider ${id}: ${listReasons(error).join(': ')}`);
      throw providerUnavailableError();
    }
  }

  private async mapProviderErrors<T>(provider: SignInProvider, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      this.logger.warn(`OIDC provider ${provider.id}: ${listReasons(error).join(': ')}`);
      if (listCauses(error).some((cause) => cause instanceof ProviderUnreachableError))
        throw providerUnavailableError();
      throw new DomainError('UNAUTHORIZED', 'The provider did not confirm your identity: sign in again');
    }
  }

  private readonly fetch = async (url: string, { method, headers, body }: CustomFetchOptions): Promise<Response> => {
    const requestBody = body === null || body === undefined ? undefined : String(body);
    const response = await this.outbound.send({
      url,
      method: method as OutboundRequest['method'],
      headers,
      body: requestBody,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_RESPONSE_BYTES,
    });
    if (response.status === null || response.error !== null)
      throw new ProviderUnreachableError(`${new URL(url).origin} ${response.error ?? 'did not respond'}`);
    return new Response(response.status === 204 || response.status === 304 ? null : new Uint8Array(response.body), {
      status: response.status,
      headers: { ...response.headers },
    });
  };
}

function toOidcClaims(claims: Readonly<Record<string, unknown>>): OidcClaims {
  const toText = (value: unknown): string | null =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  const email = normalizeEmail(toText(claims.email) ?? '');
  return {
    subject: String(claims.sub),
    email: email !== '' && isSignInEmail(email) ? email : null,
    emailVerified: claims.email_verified === true,
    name: toText(claims.name),
  };
}

function providerUnavailableError(): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    'The provider is unreachable or misconfigured: the reason is in the server log',
    {},
    30,
  );
}

function listCauses(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...listCauses(error.cause)] : [];
}

function listReasons(error: unknown): string[] {
  return listCauses(error).map((cause) => (cause as Error).message);
}

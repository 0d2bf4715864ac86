import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** User that the provider signs in. */
export interface Person {
  readonly subject: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
}

/** Client registered with the provider. */
export interface RegisteredClient {
  readonly id: string;
  readonly secret: string | null;
  readonly redirectUri: string;
}

/** OpenID provider for tests that signs in a configured user without a password. */
export class IdentityProvider {
  /** User of the next sign-in. */
  person: Person = { subject: 'nobody' };
  /** True to issue ID tokens with another signature. */
  forgesSignatures = false;
  private handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    void response.writeHead(503).end();

  private constructor(
    private readonly server: Server,
    private readonly Oidc: typeof Provider,
  ) {}

  static async listen(): Promise<IdentityProvider> {
    const { Provider: Oidc } = await import('oidc-provider');
    const server = createServer((request, response) => provider.handle(request, response));
    const provider = new IdentityProvider(server, Oidc);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Serves the given client from now on. */
  serve({ id, secret, redirectUri }: RegisteredClient): void {
    const oidc = new this.Oidc(this.issuer, {
      clients: [
        {
          client_id: id,
          redirect_uris: [redirectUri],
          ...(secret === null ? { token_endpoint_auth_method: 'none' as const } : { client_secret: secret }),
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['test'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context, subject) => ({ accountId: subject, claims: () => this.claims(subject) }),
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      loadExistingGrant: grantAll,
      pkce: { required: () => true },
    });
    const callback = oidc.callback();
    this.handle = (request, response) => {
      if (this.forgesSignatures && request.url!.startsWith('/token')) forgeSignature(response);
      if (!request.url!.startsWith('/interaction/')) return void callback(request, response);
      void oidc.interactionFinished(request, response, { login: { accountId: this.person.subject } });
    };
  }

  /** Drops all requests until the next call of {@link serve}. */
  disconnect(): void {
    this.handle = (request) => request.socket.destroy();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private claims(subject: string): { sub: string; [claim: string]: string | boolean | undefined } {
    const { email, emailVerified = true, name } = this.person;
    return { sub: subject, email, email_verified: emailVerified, name };
  }
}

async function grantAll({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}

/** Changes the first character of the signature of the ID token in a response. */
function forgeSignature(response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = ((body: Buffer | string) =>
    end(
      String(body).replace(
        /("id_token":"[^".]+\.[^".]+\.)(.)/,
        (_match, start: string, first: string) => start + (first === 'A' ? 'B' : 'A'),
      ),
    )) as typeof response.end;
}

import { randomInt, randomUUID } from 'node:crypto';
import { undocumented } from './conformance.js';
import { serverUrl } from './document.js';
import type { One, Refusal } from './wire.js';

/** An answer of the API. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body; null for an empty one, and text for any other type. */
  readonly body: T;
}

/** What a call sends beside its path. */
export interface Sent {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON; a FormData as multipart. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API with one credential, and throws when an answer is not as documented. */
export class Client {
  // Limits that go by the caller's address should not meet across tests.
  private readonly address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

  constructor(readonly credential: string | null = null) {}

  get<T = unknown>(path: string, query: Sent['query'] = {}, headers: Sent['headers'] = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, { query, headers });
  }

  post<T = unknown>(path: string, body?: unknown, headers: Sent['headers'] = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, { body, headers });
  }

  put<T = unknown>(path: string, body?: unknown, headers: Sent['headers'] = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', path, { body, headers });
  }

  patch<T = unknown>(path: string, body?: unknown, headers: Sent['headers'] = {}): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, { body, headers });
  }

  delete<T = unknown>(path: string, headers: Sent['headers'] = {}): Promise<Answer<T>> {
    return this.send<T>('DELETE', path, { headers });
  }

  async send<T = unknown>(method: string, path: string, sent: Sent = {}): Promise<Answer<T>> {
    const answer = await this.exchange(method, path, sent);
    const { body } = answer;
    const wrong = await undocumented(method, path.split('?')[0]!, {
      status: answer.status,
      mediaType: answer.mediaType,
      body,
    });
    if (wrong) throw new Error(`${wrong}\n${JSON.stringify(body)?.slice(0, 500)}`);
    return { status: answer.status, headers: answer.headers, body: body as T };
  }

  /** The bare exchange, held against nothing. A stream is not read. */
  async exchange(
    method: string,
    path: string,
    sent: Sent = {},
  ): Promise<Answer<unknown> & { readonly mediaType: string | null }> {
    const url = new URL(path, serverUrl());
    for (const [name, value] of Object.entries(sent.query ?? {})) url.searchParams.set(name, String(value));
    const response = await fetch(url, { method, ...this.request(sent), signal: AbortSignal.timeout(20_000) });
    const mediaType = response.headers.get('content-type')?.split(';')[0] ?? null;
    if (mediaType === 'text/event-stream') {
      await response.body?.cancel();
      return { status: response.status, headers: response.headers, mediaType, body: null };
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      mediaType,
      body: text === '' ? null : mediaType === 'application/json' ? JSON.parse(text) : text,
    };
  }

  /** The headers and body of a call, for tests that make it themselves. */
  request({ body, raw, headers }: Sent = {}): {
    headers: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer> | FormData;
  } {
    const own = {
      'x-forwarded-for': this.address,
      ...(this.credential !== null && { authorization: `Bearer ${this.credential}` }),
    };
    if (raw !== undefined) return { headers: { ...own, ...headers }, body: raw as string | Uint8Array<ArrayBuffer> };
    if (body === undefined) return { headers: { ...own, ...headers } };
    if (body instanceof FormData) return { headers: { ...own, ...headers }, body };
    return { headers: { ...own, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  }
}

/** Gives the object of an answer, which must be a success. */
export function dataOf<T>(answer: Answer<One<T>>): T {
  if (answer.status >= 300)
    throw new Error(`the call was refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

/** Gives the refusal of an answer, which must be one. */
export function refusalOf(answer: Answer<unknown>): Refusal['error'] & { readonly status: number } {
  if (answer.status < 400) throw new Error(`the call was not refused: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { status: answer.status, ...(answer.body as Refusal).error };
}

interface SignedIn {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly workspace_id: string;
  readonly user_id: string;
}

/** A workspace of a test's own. */
export interface Workspace {
  readonly id: string;
  /** Its owner. */
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  readonly refreshToken: string;
  /** Calls as the owner, by their access token. */
  readonly client: Client;
}

/** Registers a fresh workspace. */
export async function register(name = 'Acme Support'): Promise<Workspace> {
  const email = `owner-${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const registration = { workspace_name: name, name: 'Sarah Chen', email, password };
  const made = dataOf(await new Client().post<One<SignedIn>>('/v1/auth/register', registration));
  return {
    id: made.workspace_id,
    userId: made.user_id,
    email,
    password,
    refreshToken: made.refresh_token,
    client: new Client(made.access_token),
  };
}

/** An API key of a workspace. */
export interface TestKey {
  readonly id: string;
  readonly client: Client;
}

/** Makes a service key with these scopes. */
export async function apiKey(workspace: Workspace, scopes: readonly string[] = ['*']): Promise<TestKey> {
  const made = dataOf(
    await workspace.client.post<One<{ id: string; key: string }>>('/v1/api-keys', { name: 'Test', scopes }),
  );
  return { id: made.id, client: new Client(made.key) };
}

/** Makes a personal key of the workspace's owner; it outlives their sessions. */
export async function personalKey(workspace: Workspace): Promise<TestKey> {
  const made = dataOf(
    await workspace.client.post<One<{ id: string; key: string }>>('/v1/api-keys', { name: 'Mine', kind: 'personal' }),
  );
  return { id: made.id, client: new Client(made.key) };
}

/** Signs the owner of a workspace in once more. */
export async function signIn({
  email,
  password,
}: Pick<Workspace, 'email' | 'password'>): Promise<{ readonly client: Client; readonly refreshToken: string }> {
  const made = dataOf(await new Client().post<One<SignedIn>>('/v1/auth/login', { email, password }));
  return { client: new Client(made.access_token), refreshToken: made.refresh_token };
}

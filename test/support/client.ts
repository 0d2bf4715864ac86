import { randomInt, randomUUID } from 'node:crypto';
import { findContractViolation } from './conformance.js';
import { serverUrl } from './document.js';
import type { ItemResponse, ErrorResponse } from './wire.js';

/** A response of the API. */
export interface ApiResponse<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body, null for an empty body, or text for other content types. */
  readonly body: T;
}

/** Options of a request in addition to its path. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON, or as multipart if it is a FormData. */
  readonly body?: unknown;
  /** Sent unchanged. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API with one credential. Throws if a response differs from the documentation. */
export class Client {
  // A unique address, so that limits per address do not affect other tests.
  private readonly address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

  constructor(readonly credential: string | null = null) {}

  get<T = unknown>(
    path: string,
    query: RequestOptions['query'] = {},
    headers: RequestOptions['headers'] = {},
  ): Promise<ApiResponse<T>> {
    return this.send<T>('GET', path, { query, headers });
  }

  post<T = unknown>(path: string, body?: unknown, headers: RequestOptions['headers'] = {}): Promise<ApiResponse<T>> {
    return this.send<T>('POST', path, { body, headers });
  }

  put<T = unknown>(path: string, body?: unknown, headers: RequestOptions['headers'] = {}): Promise<ApiResponse<T>> {
    return this.send<T>('PUT', path, { body, headers });
  }

  patch<T = unknown>(path: string, body?: unknown, headers: RequestOptions['headers'] = {}): Promise<ApiResponse<T>> {
    return this.send<T>('PATCH', path, { body, headers });
  }

  delete<T = unknown>(path: string, headers: RequestOptions['headers'] = {}): Promise<ApiResponse<T>> {
    return this.send<T>('DELETE', path, { headers });
  }

  async send<T = unknown>(method: string, path: string, options: RequestOptions = {}): Promise<ApiResponse<T>> {
    const response = await this.exchange(method, path, options);
    const { body } = response;
    const mismatch = await findContractViolation(method, path.split('?')[0]!, {
      status: response.status,
      mediaType: response.mediaType,
      body,
    });
    if (mismatch) throw new Error(`${mismatch}\n${JSON.stringify(body)?.slice(0, 500)}`);
    return { status: response.status, headers: response.headers, body: body as T };
  }

  /** Sends a request without checking the response. A stream is not read. */
  async exchange(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<ApiResponse<unknown> & { readonly mediaType: string | null }> {
    const url = new URL(path, serverUrl());
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, String(value));
    const response = await fetch(url, { method, ...this.request(options), signal: AbortSignal.timeout(20_000) });
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

  /** The headers and body of a request, for tests that send it themselves. */
  request({ body, raw, headers }: RequestOptions = {}): {
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

/** Returns the object of a response, which must be successful. */
export function getData<T>(response: ApiResponse<ItemResponse<T>>): T {
  if (response.status >= 300)
    throw new Error(`the request failed with ${response.status}: ${JSON.stringify(response.body)}`);
  return response.body.data;
}

/** Returns the error of a response, which must have failed. */
export function getError(response: ApiResponse<unknown>): ErrorResponse['error'] & { readonly status: number } {
  if (response.status < 400)
    throw new Error(`the request did not fail: ${response.status} ${JSON.stringify(response.body)}`);
  return { status: response.status, ...(response.body as ErrorResponse).error };
}

interface Session {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly workspace_id: string;
  readonly user_id: string;
}

/** A workspace for one test. */
export interface Workspace {
  readonly id: string;
  /** ID of the owner. */
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  readonly refreshToken: string;
  /** Client with the owner's access token. */
  readonly client: Client;
}

/** Registers a new workspace. */
export async function registerWorkspace(name = 'Acme Support'): Promise<Workspace> {
  const email = `owner-${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const registration = { workspace_name: name, name: 'Sarah Chen', email, password };
  const created = getData(await new Client().post<ItemResponse<Session>>('/v1/auth/register', registration));
  return {
    id: created.workspace_id,
    userId: created.user_id,
    email,
    password,
    refreshToken: created.refresh_token,
    client: new Client(created.access_token),
  };
}

/** An API key of a workspace. */
export interface TestKey {
  readonly id: string;
  readonly client: Client;
}

/** Creates a service key with these scopes. */
export async function createApiKey(workspace: Workspace, scopes: readonly string[] = ['*']): Promise<TestKey> {
  const created = getData(
    await workspace.client.post<ItemResponse<{ id: string; key: string }>>('/v1/api-keys', { name: 'Test', scopes }),
  );
  return { id: created.id, client: new Client(created.key) };
}

/** Creates a personal key of the workspace's owner, which stays valid after their sessions end. */
export async function createPersonalKey(workspace: Workspace): Promise<TestKey> {
  const created = getData(
    await workspace.client.post<ItemResponse<{ id: string; key: string }>>('/v1/api-keys', {
      name: 'Mine',
      kind: 'personal',
      scopes: ['*'],
    }),
  );
  return { id: created.id, client: new Client(created.key) };
}

/** Creates another session of the owner of a workspace. */
export async function signIn({
  email,
  password,
}: Pick<Workspace, 'email' | 'password'>): Promise<{ readonly client: Client; readonly refreshToken: string }> {
  const created = getData(await new Client().post<ItemResponse<Session>>('/v1/auth/login', { email, password }));
  return { client: new Client(created.access_token), refreshToken: created.refresh_token };
}

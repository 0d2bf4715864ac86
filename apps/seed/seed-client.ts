import { setTimeout as sleep } from 'node:timers/promises';

/** An object that the API returns. */
export interface ApiObject {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Page of a list. */
export interface ApiList {
  readonly data: readonly ApiObject[];
  readonly total: number;
}

const CONFLICT = 409;
const TOO_MANY_REQUESTS = 429;
const DEFAULT_RETRY_SECONDS = 1;

/** A response with an error status. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Calls the API of a running server with one credential. Waits while requests are limited. */
export class SeedClient {
  constructor(
    private readonly url: string,
    private readonly credential: string | null,
  ) {}

  /** A client of the same server with another credential. */
  withCredential(credential: string | null): SeedClient {
    return new SeedClient(this.url, credential);
  }

  list(path: string, query: Readonly<Record<string, string>> = {}): Promise<ApiList> {
    return this.send<ApiList>('GET', `${path}?${new URLSearchParams({ limit: '100', ...query }).toString()}`);
  }

  async post(path: string, body: unknown = {}): Promise<ApiObject> {
    return (await this.send<{ data: ApiObject }>('POST', path, body)).data;
  }

  /** Creates an object. Returns null if the API reports a conflict, because the object exists. */
  async postUnlessPresent(path: string, body: unknown): Promise<ApiObject | null> {
    try {
      return await this.post(path, body);
    } catch (error) {
      if (error instanceof RequestError && error.status === CONFLICT) return null;
      throw error;
    }
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    for (;;) {
      const response = await fetch(new URL(`/v1${path}`, this.url), {
        method,
        headers: {
          ...(this.credential !== null && { authorization: `Bearer ${this.credential}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text) as T;
      if (response.status !== TOO_MANY_REQUESTS)
        throw new RequestError(`${method} ${path} failed with ${response.status}: ${text}`, response.status);
      await sleep(1000 * Number(response.headers.get('retry-after') ?? DEFAULT_RETRY_SECONDS));
    }
  }
}

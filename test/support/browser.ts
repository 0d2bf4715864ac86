import { randomInt } from 'node:crypto';

/** The last response after following redirects. */
export interface PageResult {
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

const MAX_REDIRECTS = 15;

/** Follows redirects between servers and keeps their cookies, as a browser does. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();
  private readonly address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

  /** Opens a URL and follows its redirects. Stops before opening a URL for which `stop` returns true. */
  async open(address: string, stop: (url: URL) => boolean = () => false): Promise<PageResult> {
    let url = new URL(address);
    for (let step = 0; step < MAX_REDIRECTS; step += 1) {
      const response = await this.fetch(url);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, body: await bodyOf(response) };
      await response.arrayBuffer();
      url = new URL(location, url);
      if (stop(url)) return { url, status: response.status, body: null };
    }
    throw new Error(`Too many redirects from ${address}`);
  }

  private async fetch(url: URL): Promise<Response> {
    const cookieJar = this.cookies.get(url.origin) ?? new Map<string, string>();
    const cookie = [...cookieJar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'x-forwarded-for': this.address, ...(cookie !== '' && { cookie }) },
      signal: AbortSignal.timeout(20_000),
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!;
      cookieJar.set(name!, value!);
    }
    this.cookies.set(url.origin, cookieJar);
    return response;
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
}

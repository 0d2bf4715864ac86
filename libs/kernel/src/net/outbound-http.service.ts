import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { performance } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request, type Dispatcher } from 'undici';
import { SETTINGS, type Settings } from '../config/settings.js';
import { addressBlockReason, hostOf, parseNetworks, urlBlockReason, type AllowedNetworks } from './address-policy.js';
import { BlockedTargetError, describeFailure } from './outbound-failure.js';

/** A request to an address that somebody else has chosen. */
export interface OutboundRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds for all of it: name, connection, headers and body. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body that are kept; the rest is not read. */
  readonly maxBytes: number;
}

/** What came of a request; it never rejects for what the other side does. */
export interface OutboundResponse {
  /** Null when no answer came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of the body. */
  readonly body: Buffer;
  readonly latencyMs: number;
  /** Why there is no whole answer, for people; null when there is. */
  readonly error: string | null;
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

const LOOKUP_MS = 3_000;

/**
 * Requests to addresses that come from outside: webhooks, scrapes. Reaches public addresses only, and the networks that
 * the operator allows. The address that is connected to is the one that was checked, so a name cannot change its
 * meaning in between. Redirects are not followed.
 */
@Injectable()
export class OutboundHttpService implements OnApplicationShutdown {
  private readonly allowed: AllowedNetworks;
  private readonly agent: Agent;

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'allowNetworks'>) {
    this.allowed = parseNetworks(settings.allowNetworks);
    this.agent = new Agent({
      connect: { lookup: this.lookup as never, timeout: 10_000 },
      keepAliveTimeout: 4_000,
      maxHeaderSize: 32_768,
      autoSelectFamily: true,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /**
   * Why requests to this URL would be refused, or null. A name that cannot be looked up now passes: it is checked
   * again whenever it is connected to.
   */
  async blockReason(url: string): Promise<string | null> {
    const urlReason = urlBlockReason(url, this.allowed);
    if (urlReason) return urlReason;
    const host = hostOf(new URL(url));
    const found = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), LOOKUP_MS);
      this.lookup(host, { all: true }, (error) => {
        clearTimeout(timer);
        resolve(error);
      });
    });
    return found instanceof BlockedTargetError ? found.message : null;
  }

  /** Sends a request and reads the beginning of the answer. */
  async send(outbound: OutboundRequest): Promise<OutboundResponse> {
    const started = performance.now();
    const elapsedMs = (): number => Math.round(performance.now() - started);
    const signal = AbortSignal.timeout(outbound.timeoutMs);
    let response: Dispatcher.ResponseData | null = null;
    const received: Buffer[] = [];
    try {
      const reason = urlBlockReason(outbound.url, this.allowed);
      if (reason) throw new BlockedTargetError(reason);
      response = await request(outbound.url, {
        dispatcher: this.agent,
        method: outbound.method,
        headers: outbound.headers,
        body: outbound.body,
        signal,
      });
      await readUpTo(response.body, outbound.maxBytes, received);
      return { ...toResponseHead(response), body: Buffer.concat(received), latencyMs: elapsedMs(), error: null };
    } catch (error) {
      return {
        ...toResponseHead(response),
        body: Buffer.concat(received),
        latencyMs: elapsedMs(),
        error: describeFailure(error, outbound.timeoutMs),
      };
    }
  }

  private readonly lookup = (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const reachable = found.filter(({ address }) => addressBlockReason(address, this.allowed) === null);
      const [first] = reachable;
      if (!first) {
        const address = found[0]?.address ?? '';
        return callback(
          new BlockedTargetError(
            `points at ${hostname} (${address}), which ${addressBlockReason(address, this.allowed)}`,
          ),
          '',
        );
      }
      if (options.all) return callback(null, reachable);
      callback(null, first.address, first.family);
    });
  };
}

function toResponseHead(response: Dispatcher.ResponseData | null): Pick<OutboundResponse, 'status' | 'headers'> {
  if (!response) return { status: null, headers: {} };
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return { status: response.statusCode, headers: Object.fromEntries(headers) };
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number, received: Buffer[]): Promise<void> {
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    received.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    // Leaving the loop closes the connection, so an endless body ends here.
    if (size >= maxBytes) break;
  }
}

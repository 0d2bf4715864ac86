import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { performance } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request, type Dispatcher } from 'undici';
import { SETTINGS, type Settings } from '../config/settings.js';
import {
  addressBlockReason,
  describeBlockedAddress,
  hostOf,
  parseNetworks,
  urlBlockReason,
  type AllowedNetworks,
} from './address-policy.js';
import { BlockedTargetError, describeFailure } from './outbound-failure.js';

/** Request to a URL that comes from a user. */
export interface OutboundRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Total timeout in milliseconds: lookup, connection, headers and body. */
  readonly timeoutMs: number;
  /** Maximum number of bytes of the response body that are read. */
  readonly maxBytes: number;
}

/** Result of a request. Failures of the target do not reject. */
export interface OutboundResponse {
  /** Null if there was no response. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Start of the body. */
  readonly body: Buffer;
  readonly latencyMs: number;
  /** Reason why there is no complete response, for display; null if there is one. */
  readonly error: string | null;
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

const LOOKUP_MS = 3_000;

/**
 * HTTP client for URLs that come from users: webhooks, imports. Reaches only public addresses and the networks that the
 * operator allows. The address that is checked is the one that is connected to, so DNS rebinding is not possible.
 * Redirects are not followed.
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
   * Returns the reason why requests to this URL would be blocked, or null. A host name that cannot be resolved now is
   * not blocked: it is checked again on each connection.
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

  /** Sends a request and reads the start of the response. */
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
            describeBlockedAddress(`${hostname} (${address})`, addressBlockReason(address, this.allowed)!),
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
    // Leaving the loop closes the connection, which also ends an endless body.
    if (size >= maxBytes) break;
  }
}

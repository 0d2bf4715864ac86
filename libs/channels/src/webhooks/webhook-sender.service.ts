import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { OutboundHttpService } from '@parley/kernel/net';
import { webhookMessageId } from './delivery-body.js';
import type { AttemptOutcome } from './delivery-queue.service.js';
import { buildSignatureHeaders } from './webhook-signature.js';

const TIMEOUT_MS = 15_000;
const MAX_STORED_BODY_BYTES = 2_048;
const MAX_HEADER_LENGTH = 1_000;
const MAX_HEADERS = 50;
const NUL = String.fromCharCode(0);

/** Sends single requests to webhook endpoints. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly outbound: OutboundHttpService,
    private readonly clock: Clock,
  ) {}

  /** The outcome of an attempt that could not be made. */
  reject(url: string, error: string): AttemptOutcome {
    const attempt = {
      url,
      requestHeaders: {},
      responseStatus: null,
      responseHeaders: {},
      responseBody: null,
      latencyMs: 0,
      error,
      startedAt: this.clock.now().toISOString(),
    };
    return { attempt, retryAfter: null };
  }

  /** Sends a body, signed with each of the secrets. Do not call this within a unit of work. */
  async send(url: string, secrets: readonly string[], deliveryId: string, body: string): Promise<AttemptOutcome> {
    const startedAt = this.clock.now();
    const requestHeaders = {
      'content-type': 'application/json',
      'user-agent': 'Parley-Webhooks/1.0',
      ...buildSignatureHeaders(webhookMessageId(deliveryId), startedAt, body, secrets),
    };
    const response = await this.outbound.send({
      url,
      method: 'POST',
      headers: requestHeaders,
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_STORED_BODY_BYTES,
    });
    const attempt = {
      url,
      requestHeaders,
      responseStatus: response.status,
      responseHeaders: toStoredHeaders(response.headers),
      responseBody: response.status === null ? null : response.body.toString('utf8').replaceAll(NUL, '\uFFFD'),
      latencyMs: response.latencyMs,
      error: response.error,
      startedAt: startedAt.toISOString(),
    };
    return { attempt, retryAfter: response.headers['retry-after'] ?? null };
  }
}

function toStoredHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .slice(0, MAX_HEADERS)
      .map(([name, value]) => [name, value.slice(0, MAX_HEADER_LENGTH).replaceAll(NUL, '\uFFFD')]),
  );
}

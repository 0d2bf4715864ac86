import { Injectable } from '@nestjs/common';
import { Clock, OutboundHttp } from '@parley/kernel';
import { messageId } from './delivery-body.js';
import type { Outcome } from './delivery-queue.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { signedHeaders } from './webhook-signature.js';

const TIMEOUT_MS = 15_000;
const BYTES_KEPT = 2_048;
const LONGEST_HEADER = 1_000;
const MOST_HEADERS = 50;
const NUL = String.fromCharCode(0);

/** Makes single requests to endpoints. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly outbound: OutboundHttp,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
  ) {}

  /** Sends a body, signed afresh. Not to be called within a unit of work. */
  async send(
    workspaceId: string,
    webhook: { readonly id: string; readonly url: string },
    deliveryId: string,
    body: string,
  ): Promise<Outcome> {
    const startedAt = this.clock.now();
    const requestHeaders = {
      'content-type': 'application/json',
      'user-agent': 'Parley-Webhooks/1.0',
      ...signedHeaders(messageId(deliveryId), startedAt, body, await this.secrets.active(workspaceId, webhook.id)),
    };
    const answer = await this.outbound.send({
      url: webhook.url,
      method: 'POST',
      headers: requestHeaders,
      body,
      timeoutMs: TIMEOUT_MS,
      mostBytes: BYTES_KEPT,
    });
    const attempt = {
      url: webhook.url,
      requestHeaders,
      responseStatus: answer.status,
      responseHeaders: storable(answer.headers),
      responseBody: answer.status === null ? null : answer.body.toString('utf8').replaceAll(NUL, '\uFFFD'),
      latencyMs: answer.latencyMs,
      error: answer.error,
      startedAt: startedAt.toISOString(),
    };
    return { attempt, retryAfter: answer.headers['retry-after'] ?? null };
  }
}

function storable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .slice(0, MOST_HEADERS)
      .map(([name, value]) => [name, value.slice(0, LONGEST_HEADER).replaceAll(NUL, '\uFFFD')]),
  );
}

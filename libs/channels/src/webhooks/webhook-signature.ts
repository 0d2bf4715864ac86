import { createHmac } from 'node:crypto';
import { signingKeyOf } from './webhook-secret.js';

/** Headers that authenticate a message (Standard Webhooks 1.0), with one signature per secret. */
export function buildSignatureHeaders(
  messageId: string,
  sentAt: Date,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const content = `${messageId}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', signingKeyOf(secret)).update(content).digest('base64')}`,
  );
  return { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

import { createHmac } from 'node:crypto';
import { decodeSecret } from './webhook-secret.js';

/** Headers that authenticate a message (Standard Webhooks 1.0), with one signature per secret. */
export function buildSignatureHeaders(
  messageId: string,
  sentAt: Date,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = decodeSecret(secret);
    if (!key) throw new Error('cannot decode a stored webhook secret');
    return `v1,${createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

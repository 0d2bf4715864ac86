import { createHmac } from 'node:crypto';
import { decodeSecret } from './webhook-secret.js';

/** The headers by which a receiver knows a message (Standard Webhooks 1.0): one signature for each secret. */
export function buildSignatureHeaders(
  messageId: string,
  sentAt: Date,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = decodeSecret(secret);
    if (!key) throw new Error('a stored webhook secret cannot be read');
    return `v1,${createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

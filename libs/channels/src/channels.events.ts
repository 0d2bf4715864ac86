import { defineEvent, type Changed } from '@parley/kernel/events';

/** Data of events about a webhook. */
interface WebhookEventData {
  /** Scheme and host of its URL. Paths often contain credentials. */
  readonly url: string;
}

export class WebhookCreated extends defineEvent<WebhookEventData>('webhook.created', {
  description: 'A webhook was created.',
  fields: ['url'],
}) {}

export class WebhookUpdated extends defineEvent<WebhookEventData & { readonly changed: Changed }>('webhook.updated', {
  description: 'A webhook was changed, enabled, or disabled by a user.',
  fields: ['url', 'changed'],
}) {}

export class WebhookSecretRotated extends defineEvent<WebhookEventData>('webhook.secret_rotated', {
  description: 'The signing secret of a webhook was rotated. The previous one stays valid for 24 hours.',
  fields: ['url'],
  summary: ({ actor, subject }) => `${actor} rotated the secret of ${subject}`,
}) {}

export class WebhookDeleted extends defineEvent<WebhookEventData>('webhook.deleted', {
  description: 'A webhook was deleted.',
  fields: ['url'],
}) {}

export class WebhookDisabled extends defineEvent<WebhookEventData & { readonly reason: 'gone' | 'failing' }>(
  'webhook.disabled',
  {
    description: 'A webhook was disabled, because its endpoint returned 410 or had failed for five days.',
    fields: ['url', 'reason'],
  },
) {}

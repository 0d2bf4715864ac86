import { defineEvent, type Changed } from '@parley/kernel/events';

export class WebhookCreated extends defineEvent<{ readonly url: string }>('webhook.created', {
  description: 'A webhook was created.',
}) {}

export class WebhookUpdated extends defineEvent<{ readonly changed: Changed }>('webhook.updated', {
  description: 'A webhook was changed, enabled, or disabled by a user.',
}) {}

export class WebhookSecretRotated extends defineEvent<{ readonly url: string }>('webhook.secret_rotated', {
  description: 'A webhook got a new signing secret. The previous one stays valid for 24 hours.',
  summary: ({ actor, subject }) => `${actor} rotated the secret of ${subject}`,
}) {}

export class WebhookDeleted extends defineEvent<{ readonly url: string }>('webhook.deleted', {
  description: 'A webhook was deleted.',
}) {}

export class WebhookDisabled extends defineEvent<{ readonly url: string; readonly reason: 'gone' | 'failing' }>(
  'webhook.disabled',
  { description: 'A webhook was disabled, because its endpoint returned 410 or had failed for five days.' },
) {}

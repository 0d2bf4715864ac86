import { defineEvent } from '@parley/kernel/events';

export class WebhookDisabled extends defineEvent<{ readonly url: string; readonly reason: 'gone' | 'failing' }>(
  'webhook.disabled',
  { description: 'A webhook was disabled, because its endpoint returned 410 or had failed for five days.' },
) {}

import { DomainEvent } from '@parley/kernel/events';

/** Nothing is sent to a webhook any more: its endpoint said that it is gone (410), or has not taken anything for five days. */
export class WebhookDisabled extends DomainEvent<{ readonly url: string; readonly reason: 'gone' | 'failing' }> {
  static readonly type = 'webhook.disabled';
}

export * from './channels.events.js';
export { ChannelsModule } from './channels.module.js';
export { EVENT_TYPES } from './webhooks/event-catalogue.js';
export type { WebhookOrdering, WebhookView } from './webhooks/webhook.view.js';
export { WebhooksService } from './webhooks/webhooks.service.js';

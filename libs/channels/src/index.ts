import './channels.scopes.js';
export * from './channels.events.js';
export { ChannelsModule } from './channels.module.js';
export type { WebhookOrdering, WebhookView } from './webhooks/webhook.view.js';
export { WebhooksService } from './webhooks/webhooks.service.js';

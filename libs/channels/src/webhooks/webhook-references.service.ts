import '../channels.scopes.js';
import { Injectable } from '@nestjs/common';
import { TAG } from '@parley/identity';
import { pathsTo, ReferenceSource, type ReferenceTarget, type ReferringObject } from '@parley/kernel/references';
import { INBOX, TEAM, USER } from '@parley/teams';
import { inspectWebhook } from './webhook-inspection.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Finds the webhooks whose filters refer to users, teams, inboxes and tags. */
@Injectable()
export class WebhookReferencesService {
  constructor(private readonly webhooks: WebhooksRepository) {}

  @ReferenceSource({
    type: 'webhook',
    scope: 'webhooks:read',
    targets: [USER, TEAM, INBOX, TAG],
    columns: ['channels.webhooks.filter'],
  })
  async find(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    const webhooks = await this.webhooks.listWithFilter(workspaceId);
    return webhooks
      .map((webhook) => ({
        id: webhook.id,
        name: webhook.url,
        paths: pathsTo(target, inspectWebhook(webhook).references),
      }))
      .filter(({ paths }) => paths.length > 0);
  }
}

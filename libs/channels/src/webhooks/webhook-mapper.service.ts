import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import type { WebhookView, WebhookWithSecret } from './webhook.view.js';
import { toWebhookDto, type WebhookDto, type WebhookWithSecretDto } from './dto/webhook.dto.js';
import { inspectWebhook } from './webhook-inspection.js';

/** Maps webhooks to their wire format, with their current problems. */
@Injectable()
export class WebhookMapper extends InspectingMapper<WebhookView, WebhookDto> {
  constructor(references: ReferencesService) {
    super(references, inspectWebhook, toWebhookDto);
  }

  /** Maps a webhook whose secret was just set. */
  async toDtoWithSecret(workspaceId: string, webhook: WebhookWithSecret): Promise<WebhookWithSecretDto> {
    return { ...(await this.toDto(workspaceId, webhook)), secret: webhook.secret };
  }
}

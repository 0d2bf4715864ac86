import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactDataRegistry, EventDataEraser } from '@parley/identity';
import { EventLogService } from '@parley/kernel/events';
import { DeliveriesRepository } from './deliveries.repository.js';

/** Erases the request and response bodies of deliveries about a contact. */
@Injectable()
export class WebhookDeliveryEraser extends EventDataEraser implements OnModuleInit {
  constructor(
    log: EventLogService,
    private readonly deliveries: DeliveriesRepository,
    private readonly registry: ContactDataRegistry,
  ) {
    super(log);
  }

  onModuleInit(): void {
    this.registry.register('channels.webhook-deliveries', this);
  }

  protected eraseEvents(workspaceId: string, eventIds: readonly string[]): Promise<void> {
    return this.deliveries.eraseBodies(workspaceId, eventIds);
  }
}

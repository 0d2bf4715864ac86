import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventAccessService } from '@parley/kernel/events';
import { TicketsService } from './tickets.service.js';

/** Hides tickets in limited inboxes in the event log from callers without access. */
@Injectable()
export class TicketEventAccessService implements OnModuleInit {
  constructor(
    private readonly eventAccess: EventAccessService,
    private readonly tickets: TicketsService,
  ) {}

  onModuleInit(): void {
    this.eventAccess.register((workspaceId, ids, hiddenInboxIds) =>
      this.tickets.listHiddenIds(workspaceId, ids, hiddenInboxIds),
    );
  }
}

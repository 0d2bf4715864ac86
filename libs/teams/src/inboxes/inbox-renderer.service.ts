import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { toInboxDto, type InboxDto } from './dto/inbox.dto.js';
import { InboxesService } from './inboxes.service.js';

/** Renders inboxes for webhooks and other consumers of events. */
@Injectable()
export class InboxRenderer {
  constructor(private readonly inboxes: InboxesService) {}

  @Renders('inbox')
  async render(workspaceId: string, id: string): Promise<InboxDto | null> {
    const inbox = await this.inboxes.find(workspaceId, id);
    return inbox && toInboxDto(inbox);
  }
}

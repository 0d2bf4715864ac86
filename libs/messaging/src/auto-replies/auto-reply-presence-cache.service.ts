import { Injectable } from '@nestjs/common';
import { WorkspaceCacheRegistry, type WorkspaceCache } from '@parley/kernel/events';
import { InboxCreated, InboxDeleted, InboxesService, InboxUpdated } from '@parley/teams';

/** True for workspaces with an inbox that sends automatic replies, for event handlers. */
@Injectable()
export class AutoReplyPresenceCache {
  private readonly cache: WorkspaceCache<boolean>;

  constructor(inboxes: InboxesService, caches: WorkspaceCacheRegistry) {
    this.cache = caches.create([InboxCreated, InboxUpdated, InboxDeleted], (workspaceId) =>
      inboxes.hasAutoReplies(workspaceId),
    );
  }

  hasAutoReplies(workspaceId: string): Promise<boolean> {
    return this.cache.get(workspaceId);
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { InboxAccessRepository } from './inbox-access.repository.js';

/** Limits reads to the conversations that a user can see. */
@Injectable()
export class InboxAccessService {
  constructor(private readonly access: InboxAccessRepository) {}

  /** Runs `work` with the access of the actor. Actors other than users see the conversations of all inboxes. */
  async runWithAccessOf<T>(workspaceId: string, { kind, id }: Actor, work: () => Promise<T>): Promise<T> {
    const hiddenIds = kind === 'user' && id !== null ? await this.access.listHiddenIds(workspaceId, id) : [];
    return withHiddenInboxes(hiddenIds, work);
  }
}

import { Injectable } from '@nestjs/common';
import { sentence, THE_FIELD, unprocessableFieldError, type Actor } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { InboxAccessRepository } from './inbox-access.repository.js';

/** Decides which users can see the conversations of limited inboxes. */
@Injectable()
export class InboxAccessService {
  constructor(private readonly access: InboxAccessRepository) {}

  /** Returns true if the user can see the conversations of the inbox; true without an inbox. */
  async hasAccess(workspaceId: string, inboxId: string | null, userId: string): Promise<boolean> {
    return inboxId === null || !(await this.access.isHidden(workspaceId, inboxId, userId));
  }

  /**
   * @param field field of the input with the user, for the error.
   * @throws DomainError UNPROCESSABLE if the user cannot see the conversations of the inbox.
   */
  async assertAccess(workspaceId: string, inboxId: string | null, userId: string, field: string): Promise<void> {
    if (await this.hasAccess(workspaceId, inboxId, userId)) return;
    const message = sentence`${THE_FIELD}: user ${userId} has no access to the inbox of the conversation. Add the user to the inbox first`;
    throw unprocessableFieldError(field, message, userId);
  }

  /** Runs `work` with the access of the actor. Actors other than users see the conversations of all inboxes. */
  async runWithAccessOf<T>(workspaceId: string, { kind, id }: Actor, work: () => Promise<T>): Promise<T> {
    const hiddenIds = kind === 'user' && id !== null ? await this.access.listHiddenIds(workspaceId, id) : [];
    return withHiddenInboxes(hiddenIds, work);
  }
}

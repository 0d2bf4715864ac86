import { Injectable } from '@nestjs/common';
import { sentence, THE_FIELD, unprocessableFieldError } from '@parley/kernel';
import { ReferencedObjectsRepository, type ObjectReferences } from './referenced-objects.repository.js';

/** Active user that an input refers to. */
export interface ReferencedUser {
  readonly id: string;
  readonly name: string;
}

/** Inbox that an input refers to. */
export interface ReferencedInbox {
  readonly id: string;
  readonly channel: string;
  readonly teamId: string | null;
}

/** The referenced objects; null for those that the input does not refer to. */
export interface ReferencedObjects {
  readonly user: ReferencedUser | null;
  readonly inbox: ReferencedInbox | null;
}

/** Fields of the input that contain the references, for errors. */
export interface ReferenceFields {
  readonly userId?: string;
  readonly teamId?: string;
  readonly inboxId?: string;
}

/**
 * Checks the users, teams and inboxes that inputs refer to. In a unit of work, they stay as they are until it ends: no
 * user is deactivated and no team or inbox is deleted.
 */
@Injectable()
export class ReferencedObjectsService {
  constructor(private readonly objects: ReferencedObjectsRepository) {}

  /**
   * Returns the referenced objects. Uses one statement; none without references.
   * @throws DomainError UNPROCESSABLE if the user is not an active member or cannot see the conversations of the inbox
   * in `accessInboxId`, or if the team or the inbox does not exist.
   */
  async resolve(
    workspaceId: string,
    references: ObjectReferences,
    fields: ReferenceFields = {},
  ): Promise<ReferencedObjects> {
    const { userId, teamId, inboxId } = references;
    if (!userId && !teamId && !inboxId) return { user: null, inbox: null };
    const { userId: userField = 'userId', teamId: teamField = 'teamId', inboxId: inboxField = 'inboxId' } = fields;
    const found = await this.objects.find(workspaceId, references);
    if (userId && found.userId === null) throw missingError(userField, userId, 'an active user');
    if (userId && found.isInboxHidden) {
      const message = sentence`${THE_FIELD}: user ${userId} has no access to the inbox of the conversation. Add the user to the inbox first`;
      throw unprocessableFieldError(userField, message, userId);
    }
    if (teamId && found.teamId === null) throw missingError(teamField, teamId, 'a team');
    if (inboxId && found.inboxId === null) throw missingError(inboxField, inboxId, 'an inbox');
    return {
      user: userId ? { id: found.userId!, name: found.userName! } : null,
      inbox: inboxId ? { id: found.inboxId!, channel: found.inboxChannel!, teamId: found.inboxTeamId } : null,
    };
  }

  /** Returns the user if it is an active member; else null. */
  async findActiveUser(workspaceId: string, userId: string): Promise<ReferencedUser | null> {
    const { userId: id, userName: name } = await this.objects.find(workspaceId, { userId });
    return id === null ? null : { id, name: name! };
  }

  /** Returns true if the user can see the conversations of the inbox; true without an inbox. */
  async hasInboxAccess(workspaceId: string, inboxId: string | null, userId: string): Promise<boolean> {
    if (inboxId === null) return true;
    return !(await this.objects.find(workspaceId, { userId, accessInboxId: inboxId })).isInboxHidden;
  }

  /** Returns the IDs that belong to active users. Does not keep them active. */
  filterActiveUsers(workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
    return this.objects.filterActiveUsers(workspaceId, userIds);
  }
}

function missingError(field: string, id: string, kind: string): Error {
  return unprocessableFieldError(field, sentence`${THE_FIELD}: ${id} is not ${kind} of this workspace`, id);
}

import type { NotificationRecipient } from '@parley/teams';
import { NEW_MESSAGE, PARTICIPATING_MESSAGE } from './notification-kinds.js';
import type { ConversationAudience } from './notification-recipients.repository.js';

/** Removes duplicates and the acting user. */
export function excludeActor(
  userIds: readonly string[],
  actor: { readonly kind: string; readonly id: string | null },
): string[] {
  return [...new Set(userIds)].filter((userId) => actor.kind !== 'user' || userId !== actor.id);
}

/** Returns the recipients of a customer message: the assignee, and the other participants. */
export function recipientsOf({
  assigneeId,
  followerIds,
}: Pick<ConversationAudience, 'assigneeId' | 'followerIds'>): NotificationRecipient[] {
  const followers = followerIds
    .filter((userId) => userId !== assigneeId)
    .map((userId): NotificationRecipient => ({ userId, kind: PARTICIPATING_MESSAGE }));
  return assigneeId === null ? followers : [{ userId: assigneeId, kind: NEW_MESSAGE }, ...followers];
}

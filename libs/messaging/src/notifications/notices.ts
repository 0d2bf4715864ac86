import type { Recipient } from '@parley/teams';
import type { Hearing } from './hearing.repository.js';

/** Everybody once, without those who did it themselves. */
export function others(
  userIds: readonly string[],
  actor: { readonly kind: string; readonly id: string | null },
): string[] {
  return [...new Set(userIds)].filter((userId) => actor.kind !== 'user' || userId !== actor.id);
}

/** Whom a customer's message is told: the assignee, and whoever else follows the conversation. */
export function hearers({ assigneeId, followerIds }: Pick<Hearing, 'assigneeId' | 'followerIds'>): Recipient[] {
  const following = followerIds
    .filter((userId) => userId !== assigneeId)
    .map((userId): Recipient => ({ userId, kind: 'participating_message' }));
  return assigneeId === null ? following : [{ userId: assigneeId, kind: 'new_message' }, ...following];
}

/** The text with mentions as they read: `@Name`. */
export function readable(text: string): string {
  return text.replace(/@\[([^\]\n]{1,200})\]\([0-9a-f-]{36}\)/gi, '@$1');
}

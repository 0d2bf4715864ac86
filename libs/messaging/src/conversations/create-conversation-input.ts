import type { ContactReference } from '@parley/identity';
import type { CreateMessageInput } from '../messages/message.view.js';
import type { Priority } from './conversation.view.js';

/** Fields of a new conversation. */
export interface CreateConversationInput {
  readonly subject?: string | null;
  readonly contact: ContactReference;
  readonly message?: CreateMessageInput;
  readonly inboxId?: string | null;
  /** Default: the channel of the inbox, or `api` without an inbox. */
  readonly channel?: string;
  readonly status?: 'open' | 'pending';
  readonly priority?: Priority;
  /** Default: the team of the inbox. */
  readonly teamId?: string | null;
  readonly assigneeId?: string | null;
  readonly tags?: readonly string[];
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** ID in an external system. Unique within the workspace. */
  readonly externalId?: string | null;
}

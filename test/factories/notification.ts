import { eventually } from '@parley/kernel/testing';
import { createApiKey, type Workspace } from '../support/client.js';
import type { ListResponse, Notification } from '../support/wire.js';
import { createConversation } from './conversation.js';

/** Lets a service key assign a conversation to the owner of a workspace, which notifies the owner. */
export async function createNotification(workspace: Workspace): Promise<Notification> {
  const { client } = await createApiKey(workspace);
  const { id } = await createConversation(client, { assignee_id: workspace.userId });
  const newest = async (): Promise<readonly Notification[]> =>
    (await workspace.client.get<ListResponse<Notification>>('/v1/notifications', { kind: 'conversation_assigned' }))
      .body.data;
  return eventually(async () => (await newest()).find(({ conversation_id }) => conversation_id === id) ?? null);
}

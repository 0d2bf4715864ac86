import { eventually } from '@parley/kernel/testing';
import { apiKey, type Workspace } from '../support/client.js';
import type { Many, Notification } from '../support/wire.js';
import { makeConversation } from './conversation.js';

/** Has a service assign a conversation to the owner of a workspace, of which they are told. */
export async function makeNotification(workspace: Workspace): Promise<Notification> {
  const { client } = await apiKey(workspace);
  const { id } = await makeConversation(client, { assignee_id: workspace.userId });
  const newest = async (): Promise<readonly Notification[]> =>
    (await workspace.client.get<Many<Notification>>('/v1/notifications', { kind: 'conversation_assigned' })).body.data;
  return eventually(async () => (await newest()).find(({ conversation_id }) => conversation_id === id) ?? null);
}

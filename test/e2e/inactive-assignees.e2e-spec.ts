import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { getData, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ItemResponse, ListResponse, Notification } from '../support/wire.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function deactivate(userId: string): Promise<unknown> {
  return workspace.client.post(`/v1/users/${userId}/deactivate`, {});
}

async function conversation(id: string): Promise<Conversation> {
  return getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

async function listNotifications(client: Client): Promise<readonly Notification[]> {
  return (await client.get<ListResponse<Notification>>('/v1/notifications')).body.data;
}

describe('a resolved conversation of a deactivated user', () => {
  async function createResolved(fields: object = {}): Promise<Conversation> {
    const ben = await createMember(workspace);
    const created = await createConversation(workspace.client, { assignee_id: ben.userId, ...fields });
    await workspace.client.post(`/v1/conversations/${created.id}/resolve`);
    await deactivate(ben.userId);
    return created;
  }

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['by the customer', (id) => createMessage(workspace.client, id, { type: 'comment' })],
    ['by an agent', (id) => workspace.client.post(`/v1/conversations/${id}/reopen`)],
    ['in bulk', (id) => workspace.client.post('/v1/conversations/bulk', { ids: [id], update: { status: 'open' } })],
  ])('should unassign it, keep its team and notify the team %s', async (_name, reopen) => {
    const [ada, team] = [await createMember(workspace), await createTeam(workspace.client)];
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: ada.userId });
    const { id, number } = await createResolved({ team_id: team.id });
    await reopen(id);
    expect(await conversation(id)).toMatchObject({ status: 'open', assignee: null, team: { id: team.id } });
    const event = (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === id).at(-1)!;
    expect(event.data).toMatchObject({
      changed: { status: ['resolved', 'open'], assignee_id: [expect.any(String), null] },
    });
    await eventually(async () =>
      expect(await listNotifications(ada.client)).toMatchObject([
        {
          kind: 'conversation_unassigned',
          title: `Reopened conversation #${number} has no assignee`,
          conversation_id: id,
        },
      ]),
    );
  });

  it('should notify admins when it has no team', async () => {
    const admin = await createMember(workspace, 'admin');
    const { id } = await createResolved();
    await createMessage(workspace.client, id, { type: 'comment' });
    await eventually(async () =>
      expect(await listNotifications(admin.client)).toMatchObject([
        { kind: 'conversation_unassigned', conversation_id: id },
      ]),
    );
  });

  it('should keep an active assignee, and one that is set at the same time', async () => {
    const ada = await createMember(workspace);
    const active = await createConversation(workspace.client, { assignee_id: ada.userId });
    await workspace.client.post(`/v1/conversations/${active.id}/resolve`);
    await createMessage(workspace.client, active.id, { type: 'comment' });
    expect((await conversation(active.id)).assignee?.id).toBe(ada.userId);
    const { id } = await createResolved();
    await workspace.client.patch(`/v1/conversations/${id}`, { status: 'open', assignee_id: ada.userId });
    expect((await conversation(id)).assignee?.id).toBe(ada.userId);
  });

  it('should unassign a conversation that is split off or no longer merged', async () => {
    const { id } = await createResolved();
    await workspace.client.post(`/v1/conversations/${id}/reopen`);
    const ben = await createMember(workspace);
    const source = await createConversation(workspace.client, { assignee_id: ben.userId });
    const message = await createMessage(workspace.client, source.id);
    await workspace.client.post(`/v1/conversations/${source.id}/merge`, { into_id: id });
    await deactivate(ben.userId);
    await workspace.client.post(`/v1/conversations/${source.id}/unmerge`);
    expect(await conversation(source.id)).toMatchObject({ status: 'open', assignee: null });
    await runSql(`update messaging.conversations set assignee_id = $1 where id = $2`, [ben.userId, source.id]);
    const split = getData(
      await workspace.client.post<ItemResponse<Conversation>>(`/v1/conversations/${source.id}/split`, {
        message_id: message.id,
      }),
    );
    expect(split.assignee).toBeNull();
  });
});

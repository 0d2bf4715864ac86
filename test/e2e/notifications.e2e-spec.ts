import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { createMember, type Member } from '../factories/member.js';
import { createNotification } from '../factories/notification.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { ListResponse, Notification, ItemResponse } from '../support/wire.js';

interface Preferences {
  readonly kinds: Readonly<Record<string, { readonly in_app: boolean; readonly email: boolean }>>;
  readonly email_digest: string;
}

let workspace: Workspace;
let ben: Member;

beforeEach(async () => {
  workspace = await registerWorkspace();
  ben = await createMember(workspace);
});

async function listNotifications(
  client: Client,
  query: Record<string, string | boolean> = {},
): Promise<readonly Notification[]> {
  return (await client.get<ListResponse<Notification>>('/v1/notifications', query)).body.data;
}

async function kindsOf(client: Client): Promise<string[]> {
  return (await listNotifications(client)).map(({ kind }) => kind).sort();
}

async function unread(client: Client): Promise<number> {
  return getData(await client.get<ItemResponse<{ unread: number }>>('/v1/notifications/unread-count')).unread;
}

function assign(id: string, userId: string, client = workspace.client): Promise<unknown> {
  return client.post(`/v1/conversations/${id}/assign`, { assignee_id: userId });
}

/** Notifications are created in order, so all earlier ones exist afterwards. */
async function waitForDelivery(): Promise<void> {
  await createNotification(workspace);
}

describe('notification triggers', () => {
  it('should notify of assignments by others but not of own ones', async () => {
    const { id, number } = await createConversation(workspace.client, { subject: 'My invoice is wrong' });
    await assign(id, ben.userId);
    const [emitted] = await eventually(async () =>
      (await listNotifications(ben.client)).length === 1 ? listNotifications(ben.client) : null,
    );
    expect(emitted).toMatchObject({
      kind: 'conversation_assigned',
      title: `You were assigned conversation #${number}`,
      body: 'My invoice is wrong',
      conversation_id: id,
      message_id: null,
      actor: { kind: 'user', id: workspace.userId },
      actor_name: 'Sarah Chen',
      read_at: null,
    });
    await assign(id, workspace.userId);
    await waitForDelivery();
    expect((await listNotifications(workspace.client)).filter(({ conversation_id }) => conversation_id === id)).toEqual(
      [],
    );
  });

  it('should be read when the user replies', async () => {
    const { id } = await createConversation(workspace.client);
    await assign(id, ben.userId);
    await createMessage(workspace.client, id, { type: 'comment', body: 'Where is it?' });
    await eventually(async () => expect(await unread(ben.client)).toBe(2));
    await createMessage(workspace.client, id);
    await waitForDelivery();
    expect(await unread(ben.client)).toBe(2);
    await createMessage(ben.client, id);
    await eventually(async () => expect(await unread(ben.client)).toBe(0));
  });

  it('should notify of an assignment that comes with other changes', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.patch(`/v1/conversations/${id}`, { assignee_id: ben.userId, priority: 'urgent' });
    await eventually(async () => expect(await kindsOf(ben.client)).toEqual(['conversation_assigned']));
  });

  it('should notify the assignee and followers of customer messages once each', async () => {
    const [{ id }, ada] = [await createConversation(workspace.client), await createMember(workspace)];
    await assign(id, ben.userId, ben.client);
    await workspace.client.post(`/v1/conversations/${id}/participants`, { user_id: ada.userId });
    const message = await createMessage(workspace.client, id, { type: 'comment', body: 'Where is it?' });
    await createMessage(workspace.client, id, { type: 'reply', body: 'On its way' });
    await eventually(async () => expect(await kindsOf(ada.client)).toEqual(['participating_message']));
    await waitForDelivery();
    expect(await listNotifications(ben.client)).toMatchObject([
      {
        kind: 'new_message',
        body: 'Where is it?',
        message_id: message.id,
        actor: { kind: 'contact' },
        actor_name: null,
      },
    ]);
    expect(await kindsOf(ada.client)).toEqual(['participating_message']);
  });

  it('should notify of mentions in new and edited notes but not of own ones', async () => {
    const { id } = await createConversation(workspace.client);
    const body = `@[Ben Ode](${ben.userId}) and @[Sarah](${workspace.userId}) look`;
    const note = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/conversation-notes', {
        conversation_id: id,
        body,
      }),
    );
    const [emitted] = await eventually(async () =>
      (await listNotifications(ben.client)).length === 1 ? listNotifications(ben.client) : null,
    );
    expect(emitted).toMatchObject({ kind: 'mentioned', body: '@Ben Ode and @Sarah look', message_id: note.id });
    const ada = await createMember(workspace);
    await workspace.client.patch(`/v1/conversation-notes/${note.id}`, { body: `${body} @[Ada](${ada.userId})` });
    await eventually(async () => expect(await kindsOf(ada.client)).toEqual(['mentioned']));
    await waitForDelivery();
    expect([
      await kindsOf(ben.client),
      (await listNotifications(workspace.client, { kind: 'mentioned' })).length,
    ]).toEqual([['mentioned'], 0]);
    expect((await workspace.client.delete(`/v1/conversation-notes/${note.id}`)).status).toBe(204);
    await eventually(async () => expect(await listNotifications(ben.client)).toEqual([]));
  });

  it('should notify of new conversations in own inboxes when enabled', async () => {
    const { id: inbox } = await createInbox(workspace.client);
    const ada = await createMember(workspace);
    for (const { userId } of [ben, ada])
      await workspace.client.post(`/v1/team-inboxes/${inbox}/members`, { user_id: userId });
    await ben.client.patch('/v1/me/notification-preferences', { kinds: { conversation_created: { in_app: true } } });
    await createConversation(workspace.client, { inbox_id: inbox });
    await eventually(async () => expect(await kindsOf(ben.client)).toEqual(['conversation_created']));
    expect(await listNotifications(ada.client)).toEqual([]);
  });

  it('should not notify users of another workspace', async () => {
    await createNotification(workspace);
    expect(await listNotifications((await registerWorkspace()).client)).toEqual([]);
  });
});

describe('notification state', () => {
  it('should be changed only by the recipient', async () => {
    const { id } = await createNotification(workspace);
    expect(await unread(workspace.client)).toBe(1);
    const read = getData(await workspace.client.post<ItemResponse<Notification>>(`/v1/notifications/${id}/read`));
    expect(read.read_at).not.toBeNull();
    expect(
      getData(await workspace.client.post<ItemResponse<Notification>>(`/v1/notifications/${id}/read`)).read_at,
    ).toBe(read.read_at);
    expect([
      await unread(workspace.client),
      (await listNotifications(workspace.client, { unread: false })).length,
      (await listNotifications(workspace.client, { unread: true })).length,
    ]).toEqual([0, 1, 0]);
    expect(
      getData(await workspace.client.post<ItemResponse<Notification>>(`/v1/notifications/${id}/unread`)).read_at,
    ).toBeNull();
    for (const client of [ben.client, (await registerWorkspace()).client]) {
      expect([
        (await client.post(`/v1/notifications/${id}/read`)).status,
        (await client.post(`/v1/notifications/${id}/unread`)).status,
        (await client.delete(`/v1/notifications/${id}`)).status,
      ]).toEqual([404, 404, 404]);
    }
    expect((await workspace.client.delete(`/v1/notifications/${id}`)).status).toBe(204);
    expect(getError(await workspace.client.delete(`/v1/notifications/${id}`)).status).toBe(404);
  });

  it('should change to read for all notifications at once', async () => {
    for (let index = 0; index < 3; index += 1) await createNotification(workspace);
    const first = (await workspace.client.get<ListResponse<Notification>>('/v1/notifications', { limit: 2 })).body;
    const second = (
      await workspace.client.get<ListResponse<Notification>>('/v1/notifications', {
        limit: 2,
        cursor: first.meta.next_cursor!,
      })
    ).body;
    expect([first.total, new Set([...first.data, ...second.data].map(({ id }) => id)).size]).toEqual([3, 3]);
    expect(
      getData(await workspace.client.post<ItemResponse<{ read: number }>>('/v1/notifications/read-all')).read,
    ).toBe(3);
    expect(await unread(workspace.client)).toBe(0);
  });

  it('should change to read when the conversation is read', async () => {
    const { id } = await createConversation(workspace.client, { assignee_id: workspace.userId });
    await createMessage((await createApiKey(workspace)).client, id, { type: 'comment' });
    await eventually(async () => expect(await unread(workspace.client)).toBeGreaterThanOrEqual(1));
    expect((await workspace.client.post(`/v1/conversations/${id}/read`, {})).status).toBe(200);
    await eventually(async () => expect(await unread(workspace.client)).toBe(0));
  });

  it('should be rejected for a service key', async () => {
    const { client } = await createApiKey(workspace);
    for (const path of ['/v1/notifications', '/v1/notifications/unread-count', '/v1/me/notification-preferences'])
      expect(getError(await client.get(path)).status).toBe(422);
  });
});

describe('notification preferences', () => {
  it('should change only the given fields and only in this workspace', async () => {
    const before = getData(await ben.client.get<ItemResponse<Preferences>>('/v1/me/notification-preferences'));
    expect(before).toMatchObject({
      kinds: { mentioned: { in_app: true, email: true }, new_message: { in_app: true, email: false } },
      email_digest: 'immediate',
    });
    await ben.client.patch('/v1/me/notification-preferences', {
      kinds: { mentioned: { email: false } },
      email_digest: 'daily',
    });
    const after = getData(
      await ben.client.patch<ItemResponse<Preferences>>('/v1/me/notification-preferences', {
        kinds: { mentioned: { in_app: false }, new_message: { email: true } },
      }),
    );
    expect(after).toEqual({
      kinds: {
        ...before.kinds,
        mentioned: { in_app: false, email: false },
        new_message: { in_app: true, email: true },
      },
      email_digest: 'daily',
    });
    expect(getData(await workspace.client.get<ItemResponse<Preferences>>('/v1/me/notification-preferences'))).toEqual(
      before,
    );
  });

  it('should suppress disabled notifications', async () => {
    await ben.client.patch('/v1/me/notification-preferences', {
      kinds: { conversation_assigned: { in_app: false, email: false } },
    });
    const { id } = await createConversation(workspace.client);
    await assign(id, ben.userId);
    await waitForDelivery();
    expect(await listNotifications(ben.client)).toEqual([]);
  });

  it('should reject unknown kinds, unknown channels and invalid values', async () => {
    for (const kinds of [
      { sla: { email: false } },
      { birthday: { email: true } },
      { mentioned: { fax: true } },
      { mentioned: { email: 'yes' } },
    ]) {
      expect(getError(await ben.client.patch('/v1/me/notification-preferences', { kinds })).status).toBe(400);
    }
  });
});

import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createMember } from '../factories/member.js';
import { createScheduledMessage } from '../factories/scheduled-message.js';
import { createApiKey, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, Message, ItemResponse, Notification, ScheduledMessage } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

function soon(): string {
  return new Date(Date.now() + 700).toISOString();
}

async function getScheduled(id: string): Promise<ScheduledMessage> {
  return getData(await workspace.client.get<ItemResponse<ScheduledMessage>>(`/v1/scheduled-messages/${id}`));
}

function waitUntilSent(id: string): Promise<ScheduledMessage> {
  return eventually(async () => {
    const message = await getScheduled(id);
    return message.status === 'pending' ? null : message;
  });
}

async function listMessages(conversationId: string): Promise<readonly Message[]> {
  return (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${conversationId}/messages`)).body.data;
}

describe('scheduled messages', () => {
  it('should send the rendered message in the name of its author when it is due', async () => {
    const { id, number, contact } = await createConversation(workspace.client);
    const file = await createFile(workspace.client);
    const created = await createScheduledMessage(workspace.client, id, {
      body: 'About #{{ conversation.number }}, {{ contact.first_name }}: {{ agent.name }}',
      attachment_ids: [file.id],
      send_at: soon(),
    });
    expect(created).toMatchObject({ status: 'pending', author_id: workspace.userId, message_id: null, version: 1 });
    const sent = await waitUntilSent(created.id);
    expect(sent).toMatchObject({ status: 'sent', error: null, version: 2 });
    const sentMessage = (await listMessages(id)).at(-1);
    expect(sentMessage).toMatchObject({
      id: sent.message_id,
      type: 'reply',
      body: `About #${number}, John: Sarah Chen`,
      author: { type: 'user', id: workspace.userId },
      attachments: [{ id: file.id }],
    });
    expect(
      (await listEvents(workspace.client))
        .filter(({ subject_id }) => subject_id === created.id)
        .map(({ type }) => type),
    ).toEqual(['scheduled_message.created', 'scheduled_message.sent']);
    expect(
      (await listEvents(workspace.client)).findLast(({ subject_id }) => subject_id === created.id)!.data,
    ).toMatchObject({
      conversation_id: id,
      contact_id: contact.id,
      message_id: sent.message_id,
    });
  });

  it('should be sent when the conversation is snoozed until the same time', async () => {
    const sendAt = new Date(Date.now() + 1_500).toISOString();
    const scheduled = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { id } = await createConversation(workspace.client);
        const created = await createScheduledMessage(workspace.client, id, { send_at: sendAt });
        await workspace.client.post(`/v1/conversations/${id}/snooze`, { until: sendAt });
        return created;
      }),
    );
    for (const { id } of scheduled) expect(await waitUntilSent(id)).toMatchObject({ status: 'sent', error: null });
  });

  it.each(['resolve', 'close', 'snooze'])(
    'should fail without sending when the conversation is not open or pending after %s',
    async (step) => {
      const { id } = await createConversation(workspace.client);
      const created = await createScheduledMessage(workspace.client, id, { send_at: soon() });
      await workspace.client.post(`/v1/conversations/${id}/${step}`, step === 'snooze' ? {} : undefined);
      expect(await waitUntilSent(created.id)).toMatchObject({
        status: 'failed',
        message_id: null,
        error: expect.stringContaining('The conversation is'),
      });
      expect(await listMessages(id)).toHaveLength(1);
    },
  );

  it('should send to the merge target while that is open', async () => {
    const [source, target] = [await createConversation(workspace.client), await createConversation(workspace.client)];
    const [due, later] = [
      await createScheduledMessage(workspace.client, source.id, {
        body: '#{{ conversation.number }}',
        send_at: soon(),
      }),
      await createScheduledMessage(workspace.client, source.id),
    ];
    await workspace.client.post(`/v1/conversations/${source.id}/merge`, { into_id: target.id });
    const sent = await waitUntilSent(due.id);
    expect(sent.status).toBe('sent');
    expect((await listMessages(target.id)).at(-1)).toMatchObject({ id: sent.message_id, body: `#${target.number}` });
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'scheduled_message.sent' && subject_id === due.id,
    );
    expect(emitted!.data).toMatchObject({ conversation_id: target.id });
    await workspace.client.post(`/v1/conversations/${target.id}/resolve`);
    expect(getError(await workspace.client.post(`/v1/scheduled-messages/${later.id}/send`))).toMatchObject({
      status: 422,
      details: { status: 'resolved' },
    });
  });

  it('should fail when the author is not active, and be sent when it is updated afterwards', async () => {
    const member = await createMember(workspace);
    const { id } = await createConversation(workspace.client);
    const created = await createScheduledMessage(member.client, id, { send_at: soon() });
    await runSql(`update teams.memberships set status = 'inactive' where user_id = $1`, [member.userId]);
    expect(await waitUntilSent(created.id)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('active'),
    });
    await runSql(`update teams.memberships set status = 'active' where user_id = $1`, [member.userId]);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<ScheduledMessage>>(`/v1/scheduled-messages/${created.id}`, {
          send_at: soon(),
        }),
      ),
    ).toMatchObject({ status: 'pending', error: null });
    expect(await waitUntilSent(created.id)).toMatchObject({ status: 'sent' });
    expect((await listMessages(id)).at(-1)).toMatchObject({ author: { type: 'user', id: member.userId } });
  });

  it('should notify admins when a message of a deactivated author fails, otherwise its author', async () => {
    const own = await registerWorkspace();
    const [ben, ada] = [await createMember(own), await createMember(own)];
    const { id, number } = await createConversation(own.client);
    await createScheduledMessage(ben.client, id, { send_at: soon() });
    await own.client.post(`/v1/users/${ben.userId}/deactivate`, {});
    const list = async ({ client }: Pick<Workspace, 'client'>) =>
      (await client.get<ListResponse<Notification>>('/v1/notifications')).body.data;
    await eventually(async () =>
      expect(await list(own)).toMatchObject([
        {
          kind: 'scheduled_message_failed',
          title: `A scheduled message in conversation #${number} was not sent`,
          body: expect.stringContaining('is not an active user'),
          conversation_id: id,
        },
      ]),
    );
    expect(await list(ada)).toEqual([]);
    await createScheduledMessage(ada.client, id, { send_at: soon() });
    await own.client.post(`/v1/conversations/${id}/resolve`);
    await eventually(async () => expect(await list(ada)).toMatchObject([{ kind: 'scheduled_message_failed' }]));
    expect(await list(own)).toHaveLength(1);
  });

  it('should send a draft only once, when requested', async () => {
    const { id } = await createConversation(workspace.client);
    const draft = await createScheduledMessage(workspace.client, id, { status: 'draft', send_at: null });
    const path = `/v1/scheduled-messages/${draft.id}`;
    const responses = await Promise.all([workspace.client.post(`${path}/send`), workspace.client.post(`${path}/send`)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(await listMessages(id)).toHaveLength(2);
    for (const response of [
      await workspace.client.patch(path, { body: 'Too late' }),
      await workspace.client.delete(path),
      await workspace.client.post(`${path}/send`),
    ]) {
      expect(getError(response)).toMatchObject({ status: 422, details: { status: 'sent' } });
    }
  });

  it('should not send a message that was deleted or set to draft', async () => {
    const { id } = await createConversation(workspace.client);
    const [deleted, drafted, sent] = [
      await createScheduledMessage(workspace.client, id, { send_at: soon() }),
      await createScheduledMessage(workspace.client, id, { send_at: soon() }),
      await createScheduledMessage(workspace.client, id, { send_at: soon(), body: 'Last' }),
    ];
    expect((await workspace.client.delete(`/v1/scheduled-messages/${deleted.id}`)).status).toBe(204);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<ScheduledMessage>>(`/v1/scheduled-messages/${drafted.id}`, {
          status: 'draft',
        }),
      ),
    ).toMatchObject({ status: 'draft' });
    await waitUntilSent(sent.id);
    expect((await listMessages(id)).map(({ body }) => body)).toEqual(['Where is my invoice?', 'Last']);
    expect(getError(await workspace.client.get(`/v1/scheduled-messages/${deleted.id}`))).toMatchObject({ status: 404 });
  });

  it('should stay pending when sending now is rejected', async () => {
    const { id } = await createConversation(workspace.client);
    const created = await createScheduledMessage(workspace.client, id);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    expect(getError(await workspace.client.post(`/v1/scheduled-messages/${created.id}/send`))).toMatchObject({
      status: 422,
      details: { status: 'resolved' },
    });
    expect(await getScheduled(created.id)).toMatchObject({ status: 'pending', version: 1 });
  });

  it('should return an error when the time is past or missing, the body is empty or a reference is not valid', async () => {
    const { id } = await createConversation(workspace.client);
    const create = async (fields: object) =>
      getError(
        await workspace.client.post('/v1/scheduled-messages', {
          conversation_id: id,
          body: 'Hi',
          send_at: '2046-01-15T10:30:00Z',
          ...fields,
        }),
      );
    expect(await create({ send_at: '2026-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      details: { send_at: [expect.any(String)] },
    });
    expect(await create({ send_at: null })).toMatchObject({
      status: 400,
      details: { send_at: [expect.any(String)] },
    });
    expect(await create({ body: '' })).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
    expect(await create({ body: '{{ nobody }}' })).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
    expect(await create({ conversation_id: (await createConversation(other.client)).id })).toMatchObject({
      status: 422,
    });
    expect(await create({ attachment_ids: [(await createFile(other.client)).id] })).toMatchObject({ status: 422 });
  });

  it('should filter by conversation, status and author', async () => {
    const unique = await registerWorkspace();
    const [item, secondItem] = [await createConversation(unique.client), await createConversation(unique.client)];
    const { client } = await createApiKey(unique);
    const created = [
      await createScheduledMessage(unique.client, item.id),
      await createScheduledMessage(unique.client, secondItem.id, { status: 'draft' }),
      await createScheduledMessage(client, secondItem.id),
    ].map((message) => message.id);
    const ids = async (query: Record<string, string>) =>
      (await unique.client.get<ListResponse<ScheduledMessage>>('/v1/scheduled-messages', query)).body.data.map(
        (message) => message.id,
      );
    expect(await ids({})).toEqual([...created].reverse());
    expect(await ids({ conversation_id: secondItem.id })).toEqual([created[2], created[1]]);
    expect(await ids({ status: 'draft,sent' })).toEqual([created[1]]);
    expect(await ids({ author_id: unique.userId })).toEqual([created[1], created[0]]);
    expect(
      (
        await client.get<ListResponse<ScheduledMessage>>('/v1/scheduled-messages', {
          conversation_id: secondItem.id,
          status: 'pending',
        })
      ).body.data[0],
    ).toMatchObject({ author_id: null });
  });

  it('should return 404 when the message belongs to another workspace', async () => {
    const { id } = await createScheduledMessage(workspace.client, (await createConversation(workspace.client)).id);
    const path = `/v1/scheduled-messages/${id}`;
    for (const response of [
      await other.client.get(path),
      await other.client.patch(path, { body: 'x' }),
      await other.client.delete(path),
      await other.client.post(`${path}/send`),
    ]) {
      expect(getError(response)).toMatchObject({ status: 404 });
    }
    expect(await getScheduled(id)).toMatchObject({ status: 'pending', version: 1 });
  });
});

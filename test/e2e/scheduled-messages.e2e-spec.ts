import { eventually } from '@parley/kernel/testing';
import { makeConversation } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeMember } from '../factories/member.js';
import { makeScheduledMessage } from '../factories/scheduled-message.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, Message, One, ScheduledMessage } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

function soon(): string {
  return new Date(Date.now() + 700).toISOString();
}

async function read(id: string): Promise<ScheduledMessage> {
  return dataOf(await workspace.client.get<One<ScheduledMessage>>(`/v1/scheduled-messages/${id}`));
}

function concluded(id: string): Promise<ScheduledMessage> {
  return eventually(async () => {
    const message = await read(id);
    return message.status === 'pending' ? null : message;
  });
}

async function saidIn(conversationId: string): Promise<readonly Message[]> {
  return (await workspace.client.get<Many<Message>>(`/v1/conversations/${conversationId}/messages`)).body.data;
}

describe('a scheduled message', () => {
  it('should be said when its time has come, in the name of who scheduled it, filled in then', async () => {
    const { id, number, contact } = await makeConversation(workspace.client);
    const file = await makeFile(workspace.client);
    const made = await makeScheduledMessage(workspace.client, id, {
      body: 'About #{{ conversation.number }}, {{ contact.first_name }}: {{ agent.name }}',
      attachment_ids: [file.id],
      send_at: soon(),
    });
    expect(made).toMatchObject({ status: 'pending', author_id: workspace.userId, message_id: null, version: 1 });
    const sent = await concluded(made.id);
    expect(sent).toMatchObject({ status: 'sent', error: null, version: 2 });
    const said = (await saidIn(id)).at(-1);
    expect(said).toMatchObject({
      id: sent.message_id,
      type: 'reply',
      body: `About #${number}, John: Sarah Chen`,
      author: { type: 'user', id: workspace.userId },
      attachments: [{ id: file.id }],
    });
    expect(
      (await eventsOf(workspace.client)).filter(({ subject_id }) => subject_id === made.id).map(({ type }) => type),
    ).toEqual(['scheduled_message.sent']);
    expect((await eventsOf(workspace.client)).find(({ subject_id }) => subject_id === made.id)!.data).toMatchObject({
      conversation_id: id,
      contact_id: contact.id,
      message_id: sent.message_id,
    });
  });

  it.each(['resolve', 'close', 'snooze'])('should fail, and say nothing, in a conversation after %s', async (step) => {
    const { id } = await makeConversation(workspace.client);
    const made = await makeScheduledMessage(workspace.client, id, { send_at: soon() });
    await workspace.client.post(`/v1/conversations/${id}/${step}`, step === 'snooze' ? {} : undefined);
    expect(await concluded(made.id)).toMatchObject({
      status: 'failed',
      message_id: null,
      error: expect.stringContaining('The conversation is'),
    });
    expect(await saidIn(id)).toHaveLength(1);
  });

  it('should be said where its conversation goes on, as long as that is open', async () => {
    const [source, target] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
    const [due, later] = [
      await makeScheduledMessage(workspace.client, source.id, { body: '#{{ conversation.number }}', send_at: soon() }),
      await makeScheduledMessage(workspace.client, source.id),
    ];
    await workspace.client.post(`/v1/conversations/${source.id}/merge`, { into_id: target.id });
    const sent = await concluded(due.id);
    expect(sent.status).toBe('sent');
    expect((await saidIn(target.id)).at(-1)).toMatchObject({ id: sent.message_id, body: `#${target.number}` });
    const told = (await eventsOf(workspace.client)).find(
      ({ type, subject_id }) => type === 'scheduled_message.sent' && subject_id === due.id,
    );
    expect(told!.data).toMatchObject({ conversation_id: target.id });
    await workspace.client.post(`/v1/conversations/${target.id}/resolve`);
    expect(refusalOf(await workspace.client.post(`/v1/scheduled-messages/${later.id}/send`))).toMatchObject({
      status: 422,
      details: { status: 'resolved' },
    });
  });

  it('should fail when who scheduled it is no longer there, and get another chance when it is changed', async () => {
    const member = await makeMember(workspace);
    const { id } = await makeConversation(workspace.client);
    const made = await makeScheduledMessage(member.client, id, { send_at: soon() });
    await runSql(`update teams.memberships set status = 'inactive' where user_id = $1`, [member.userId]);
    expect(await concluded(made.id)).toMatchObject({ status: 'failed', error: expect.stringContaining('active') });
    await runSql(`update teams.memberships set status = 'active' where user_id = $1`, [member.userId]);
    expect(
      dataOf(
        await workspace.client.patch<One<ScheduledMessage>>(`/v1/scheduled-messages/${made.id}`, { send_at: soon() }),
      ),
    ).toMatchObject({ status: 'pending', error: null });
    expect(await concluded(made.id)).toMatchObject({ status: 'sent' });
    expect((await saidIn(id)).at(-1)).toMatchObject({ author: { type: 'user', id: member.userId } });
  });

  it('should wait for nothing as a draft, and be sent when told to, once', async () => {
    const { id } = await makeConversation(workspace.client);
    const draft = await makeScheduledMessage(workspace.client, id, { status: 'draft', send_at: null });
    const path = `/v1/scheduled-messages/${draft.id}`;
    const answers = await Promise.all([workspace.client.post(`${path}/send`), workspace.client.post(`${path}/send`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(await saidIn(id)).toHaveLength(2);
    for (const answer of [
      await workspace.client.patch(path, { body: 'Too late' }),
      await workspace.client.delete(path),
      await workspace.client.post(`${path}/send`),
    ]) {
      expect(refusalOf(answer)).toMatchObject({ status: 422, details: { status: 'sent' } });
    }
  });

  it('should not be said once it was taken back or made a draft again', async () => {
    const { id } = await makeConversation(workspace.client);
    const [gone, drafted, sent] = [
      await makeScheduledMessage(workspace.client, id, { send_at: soon() }),
      await makeScheduledMessage(workspace.client, id, { send_at: soon() }),
      await makeScheduledMessage(workspace.client, id, { send_at: soon(), body: 'Last' }),
    ];
    expect((await workspace.client.delete(`/v1/scheduled-messages/${gone.id}`)).status).toBe(204);
    expect(
      dataOf(
        await workspace.client.patch<One<ScheduledMessage>>(`/v1/scheduled-messages/${drafted.id}`, {
          status: 'draft',
        }),
      ),
    ).toMatchObject({ status: 'draft' });
    await concluded(sent.id);
    expect((await saidIn(id)).map(({ body }) => body)).toEqual(['Where is my invoice?', 'Last']);
    expect(refusalOf(await workspace.client.get(`/v1/scheduled-messages/${gone.id}`))).toMatchObject({ status: 404 });
  });

  it('should be sent now or not at all: what cannot be sent waits on', async () => {
    const { id } = await makeConversation(workspace.client);
    const made = await makeScheduledMessage(workspace.client, id);
    await workspace.client.post(`/v1/conversations/${id}/resolve`);
    expect(refusalOf(await workspace.client.post(`/v1/scheduled-messages/${made.id}/send`))).toMatchObject({
      status: 422,
      details: { status: 'resolved' },
    });
    expect(await read(made.id)).toMatchObject({ status: 'pending', version: 1 });
  });

  it('should be refused with a time that is over, without one, or with nothing to say', async () => {
    const { id } = await makeConversation(workspace.client);
    const create = async (fields: object) =>
      refusalOf(
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
    expect(await create({ send_at: null })).toMatchObject({ status: 400, details: { send_at: [expect.any(String)] } });
    expect(await create({ body: '' })).toMatchObject({ status: 400, details: { body: [expect.any(String)] } });
    expect(await create({ body: '{{ nobody }}' })).toMatchObject({
      status: 400,
      details: { body: [expect.any(String)] },
    });
    expect(await create({ conversation_id: (await makeConversation(other.client)).id })).toMatchObject({ status: 422 });
    expect(await create({ attachment_ids: [(await makeFile(other.client)).id] })).toMatchObject({ status: 422 });
  });

  it('should be found by conversation, status and author', async () => {
    const fresh = await register();
    const [one, two] = [await makeConversation(fresh.client), await makeConversation(fresh.client)];
    const { client } = await apiKey(fresh);
    const made = [
      await makeScheduledMessage(fresh.client, one.id),
      await makeScheduledMessage(fresh.client, two.id, { status: 'draft' }),
      await makeScheduledMessage(client, two.id),
    ].map((message) => message.id);
    const ids = async (query: Record<string, string>) =>
      (await fresh.client.get<Many<ScheduledMessage>>('/v1/scheduled-messages', query)).body.data.map(
        (message) => message.id,
      );
    expect(await ids({})).toEqual([...made].reverse());
    expect(await ids({ conversation_id: two.id })).toEqual([made[2], made[1]]);
    expect(await ids({ status: 'draft,sent' })).toEqual([made[1]]);
    expect(await ids({ author_id: fresh.userId })).toEqual([made[1], made[0]]);
    expect(
      (
        await client.get<Many<ScheduledMessage>>('/v1/scheduled-messages', {
          conversation_id: two.id,
          status: 'pending',
        })
      ).body.data[0],
    ).toMatchObject({ author_id: null });
  });

  it('should not be seen, changed or sent from another workspace', async () => {
    const { id } = await makeScheduledMessage(workspace.client, (await makeConversation(workspace.client)).id);
    const path = `/v1/scheduled-messages/${id}`;
    for (const answer of [
      await other.client.get(path),
      await other.client.patch(path, { body: 'x' }),
      await other.client.delete(path),
      await other.client.post(`${path}/send`),
    ]) {
      expect(refusalOf(answer)).toMatchObject({ status: 404 });
    }
    expect(await read(id)).toMatchObject({ status: 'pending', version: 1 });
  });
});

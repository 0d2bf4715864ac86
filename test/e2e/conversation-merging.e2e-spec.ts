import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createNote } from '../factories/note.js';
import { getData, getError, registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, Message, NamedRef, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function get(id: string): Promise<Conversation & { merged_into: string | null }> {
  return getData(
    await workspace.client.get<ItemResponse<Conversation & { merged_into: string | null }>>(`/v1/conversations/${id}`),
  );
}

async function bodies(id: string): Promise<string[]> {
  return (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)).body.data.map(
    ({ body }) => body,
  );
}

function act(id: string, action: string, body?: object): Promise<ApiResponse<ItemResponse<Conversation>>> {
  return workspace.client.post<ItemResponse<Conversation>>(`/v1/conversations/${id}/${action}`, body);
}

async function openConversation(body: string, fields: object = {}): Promise<Conversation> {
  return createConversation(workspace.client, { message: { body }, ...fields });
}

describe('POST /v1/conversations/{id}/merge', () => {
  it('should move the messages, close the source and emit an event for both conversations', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await createNote(workspace.client, source.id, { body: 'noted' });
    expect(getData(await act(source.id, 'merge', { into_id: target.id }))).toMatchObject({
      id: target.id,
      message_count: 3,
      unread_count: 2,
      waiting_since: source.waiting_since,
      last_message: { body: 'noted' },
    });
    expect(await get(source.id)).toMatchObject({
      status: 'closed',
      merged_into: target.id,
      message_count: 0,
      unread_count: 0,
      waiting_since: null,
      last_message: null,
    });
    expect([await bodies(source.id), await bodies(target.id)]).toEqual([[], ['one', 'two', 'noted']]);
    const emitted = (await listEvents(workspace.client)).filter(
      ({ type, subject_id }) => type === 'conversation.merged' && [source.id, target.id].includes(subject_id),
    );
    expect(emitted).toMatchObject([
      {
        subject_id: source.id,
        data: {
          side: 'source',
          source_id: source.id,
          target_id: target.id,
          messages: 2,
          changed: { status: ['open', 'closed'], merged_into: [null, target.id] },
        },
      },
      { subject_id: target.id, data: { side: 'target', messages: 2, changed: {} } },
    ]);
    expect(
      (await workspace.client.get<ListResponse<NamedRef>>(`/v1/conversations/${target.id}/participants`)).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([workspace.userId]);
  });

  it('should merge several conversations when conversation_ids is given', async () => {
    const [target, ...sources] = [
      await openConversation('a'),
      await openConversation('b'),
      await openConversation('c'),
    ];
    expect(getData(await act(target!.id, 'merge', { conversation_ids: sources.map(({ id }) => id) }))).toMatchObject({
      id: target!.id,
      message_count: 3,
    });
    for (const { id } of sources) expect((await get(id)).merged_into).toBe(target!.id);
  });

  it('should add messages to the target when they are sent to the source', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(source.id, 'merge', { into_id: target.id });
    expect(await createMessage(workspace.client, source.id, { type: 'comment', body: 'three' })).toMatchObject({
      conversation_id: target.id,
    });
    await createNote(workspace.client, source.id, { body: 'four' });
    expect(await bodies(target.id)).toEqual(['one', 'two', 'three', 'four']);
    expect((await get(source.id)).message_count).toBe(0);
  });

  it('should reopen a resolved target when the customer waits in the source', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(target.id, 'resolve');
    expect(getData(await act(source.id, 'merge', { into_id: target.id }))).toMatchObject({
      status: 'open',
      waiting_since: source.waiting_since,
    });
    await act(source.id, 'unmerge');
    expect(await get(target.id)).toMatchObject({ status: 'resolved', waiting_since: null });
  });

  it('should end the snooze of the source and restore it when the merge is undone', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(source.id, 'snooze', { until: '2100-01-01T00:00:00.000Z' });
    await act(source.id, 'merge', { into_id: target.id });
    expect((await get(source.id)).snoozed_until).toBeNull();
    expect(getData(await act(source.id, 'unmerge'))).toMatchObject({
      status: 'snoozed',
      snoozed_until: '2100-01-01T00:00:00.000Z',
      merged_into: null,
    });
  });

  it('should return 422 when a merge would form a chain or cycle, or the target is closed', async () => {
    const [a, b, c] = [await openConversation('a'), await openConversation('b'), await openConversation('c')];
    await act(a.id, 'merge', { into_id: b.id });
    for (const [id, into_id] of [
      [a.id, c.id],
      [c.id, a.id],
      [b.id, c.id],
      [b.id, a.id],
      [c.id, c.id],
    ]) {
      expect(getError(await act(id!, 'merge', { into_id }))).toMatchObject({
        status: 422,
        details: { source_id: id, target_id: into_id },
      });
    }
    await act(c.id, 'close');
    expect(getError(await act((await openConversation('d')).id, 'merge', { into_id: c.id }))).toMatchObject({
      status: 422,
      message: expect.stringContaining('closed'),
    });
  });

  it('should return an error when not exactly one of into_id and conversation_ids is given', async () => {
    const { id } = await openConversation('a');
    for (const body of [{}, { into_id: randomUUID(), conversation_ids: [randomUUID()] }])
      expect(getError(await act(id, 'merge', body)).status).toBeGreaterThanOrEqual(400);
    expect(getError(await act(id, 'merge', {}))).toMatchObject({
      status: 400,
      details: { into_id: [expect.any(String)] },
    });
    expect(getError(await act(id, 'merge', { into_id: randomUUID() }))).toMatchObject({
      status: 422,
      details: { into_id: [expect.any(String)] },
    });
  });

  it('should return 422 when a merged source is reopened', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(source.id, 'merge', { into_id: target.id });
    expect(getError(await act(source.id, 'reopen'))).toMatchObject({
      status: 422,
      details: { merged_into: target.id },
    });
  });

  it('should complete one of two opposite merges when they run concurrently', async () => {
    const [a, b] = [await openConversation('a'), await openConversation('b')];
    const responses = await Promise.all([act(a.id, 'merge', { into_id: b.id }), act(b.id, 'merge', { into_id: a.id })]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('should reject conversations of another workspace on both sides', async () => {
    const [own, foreign] = [await openConversation('ours'), await createConversation(other.client)];
    expect(getError(await act(foreign.id, 'merge', { into_id: own.id })).status).toBe(404);
    expect(getError(await act(own.id, 'merge', { into_id: foreign.id })).status).toBe(422);
    expect(getError(await act(own.id, 'merge', { conversation_ids: [foreign.id] })).status).toBe(422);
    expect(
      getData(await other.client.get<ItemResponse<Conversation>>(`/v1/conversations/${foreign.id}`)),
    ).toMatchObject({
      message_count: 1,
      version: 1,
    });
  });
});

describe('POST /v1/conversations/{id}/unmerge', () => {
  it('should keep messages sent after the merge in the target', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(source.id, 'merge', { into_id: target.id });
    await createMessage(workspace.client, source.id, { body: 'three' });
    expect(getData(await act(source.id, 'unmerge'))).toMatchObject({
      status: 'open',
      merged_into: null,
      message_count: 1,
      unread_count: 1,
      last_message: { body: 'one' },
    });
    expect([await bodies(source.id), await bodies(target.id)]).toEqual([['one'], ['two', 'three']]);
    expect(await get(target.id)).toMatchObject({
      message_count: 2,
      unread_count: 0,
      waiting_since: null,
      last_message: { body: 'three' },
    });
    expect((await listEvents(workspace.client)).slice(-2)).toMatchObject([
      { type: 'conversation.unmerged', subject_id: source.id },
      { type: 'conversation.unmerged', subject_id: target.id },
    ]);
    await createMessage(workspace.client, source.id, { body: 'four' });
    expect(await bodies(source.id)).toEqual(['one', 'four']);
  });

  it('should do nothing when the conversation is not merged, and return 404 for another workspace', async () => {
    const { id, version } = await openConversation('a');
    expect(getData(await act(id, 'unmerge')).version).toBe(version);
    expect(getError(await act((await createConversation(other.client)).id, 'unmerge')).status).toBe(404);
  });

  it('should undo the merge once when two requests run concurrently', async () => {
    const [source, target] = [await openConversation('one'), await openConversation('two')];
    await act(source.id, 'merge', { into_id: target.id });
    const responses = await Promise.all([act(source.id, 'unmerge'), act(source.id, 'unmerge')]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(
      (await listEvents(workspace.client)).filter(
        ({ type, subject_id }) => type === 'conversation.unmerged' && subject_id === source.id,
      ),
    ).toHaveLength(1);
  });
});

describe('POST /v1/conversations/{id}/split', () => {
  it('should move a message and all later messages to a new conversation', async () => {
    const source = await openConversation('one', { assignee_id: workspace.userId, tags: ['billing'] });
    await createMessage(workspace.client, source.id, { body: 'two' });
    const third = await createMessage(workspace.client, source.id, { type: 'comment', body: 'three' });
    await createMessage(workspace.client, source.id, { type: 'comment', body: 'four' });
    const response = await act(source.id, 'split', { message_id: third.id, subject: 'Another' });
    expect(response.status).toBe(201);
    const created = getData(response);
    expect(created).toMatchObject({
      subject: 'Another',
      status: 'open',
      contact: { id: source.contact.id },
      assignee: { id: workspace.userId },
      tags: ['billing'],
      message_count: 2,
      unread_count: 2,
      first_replied_at: null,
      last_message: { body: 'four' },
    });
    expect([await bodies(source.id), await bodies(created.id)]).toEqual([
      ['one', 'two'],
      ['three', 'four'],
    ]);
    expect(await get(source.id)).toMatchObject({
      message_count: 2,
      unread_count: 0,
      waiting_since: null,
      first_replied_at: expect.any(String),
      last_message: { body: 'two' },
    });
    expect((await listEvents(workspace.client)).slice(-3)).toMatchObject([
      { type: 'conversation.created', subject_id: created.id, data: { split_from: source.id, message_id: third.id } },
      { type: 'conversation.participant_added', subject_id: created.id },
      { type: 'conversation.split', subject_id: source.id, data: { into_id: created.id, messages: 2 } },
    ]);
  });

  it('should return 422 when the message is the first or belongs to another conversation', async () => {
    const [item, secondItem] = [await openConversation('one'), await openConversation('two')];
    const [first] = (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${item.id}/messages`)).body
      .data;
    expect(getError(await act(item.id, 'split', { message_id: first!.id }))).toMatchObject({
      status: 422,
      details: { message_id: first!.id },
    });
    expect(getError(await act(secondItem.id, 'split', { message_id: first!.id })).status).toBe(422);
  });

  it('should reject conversations and messages of another workspace', async () => {
    const foreign = await createConversation(other.client);
    const { id } = await createMessage(other.client, foreign.id);
    expect(getError(await act(foreign.id, 'split', { message_id: id })).status).toBe(404);
    expect(getError(await act((await openConversation('x')).id, 'split', { message_id: id })).status).toBe(422);
  });
});

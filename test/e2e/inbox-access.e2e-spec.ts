import { eventually } from '@parley/kernel/testing';
import { createAutomation } from '../factories/automation.js';
import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createInbox } from '../factories/inbox.js';
import { createMember, type Member } from '../factories/member.js';
import { createNote } from '../factories/note.js';
import { createTeam } from '../factories/team.js';
import { createTicket } from '../factories/ticket.js';
import { createApiKey, getData, getError, registerWorkspace, Client, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import { followEvents } from '../support/event-stream.js';
import type { Conversation, ItemResponse, ListResponse } from '../support/wire.js';

let workspace: Workspace;
let inboxId: string;
let outsider: Member;
let member: Member;
let conversation: Conversation;

beforeEach(async () => {
  workspace = await registerWorkspace();
  [outsider, member] = await Promise.all([createMember(workspace), createMember(workspace)]);
  inboxId = (await createInbox(workspace.client, { access: 'members', member_ids: [member.userId] })).id;
  conversation = await createConversation(workspace.client, { inbox_id: inboxId });
});

async function statusFor(client: Client, id = conversation.id): Promise<number> {
  return (await client.get(`/v1/conversations/${id}`)).status;
}

function update(
  body: object,
  client = workspace.client,
): Promise<{ status: number; body: ItemResponse<Conversation> }> {
  return client.patch<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`, body);
}

describe('access', () => {
  it('should be limited to members of the inbox and its team, owners, admins and service keys', async () => {
    const [admin, teammate] = await Promise.all([createMember(workspace, 'admin'), createMember(workspace)]);
    const team = await createTeam(workspace.client);
    expect([await statusFor(outsider.client), await statusFor(teammate.client)]).toEqual([404, 404]);
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: teammate.userId });
    await workspace.client.patch(`/v1/team-inboxes/${inboxId}`, { team_id: team.id });
    const key = await createApiKey(workspace, ['conversations:read']);
    const callers = [member, admin, teammate, workspace, key].map(({ client }) => statusFor(client));
    expect(await Promise.all(callers)).toEqual([200, 200, 200, 200, 200]);
    const personal = getData(
      await outsider.client.post<ItemResponse<{ key: string }>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['*'],
      }),
    );
    expect(await statusFor(new Client(personal.key))).toBe(404);
    await workspace.client.delete(`/v1/teams/${team.id}/members/${teammate.userId}`);
    expect(await statusFor(teammate.client)).toBe(404);
  });

  it('should limit the totals and cursors of events, timelines and runs', async () => {
    const rule = await createAutomation(workspace.client, {
      events: ['conversation.created'],
      filter: { field: 'inbox_id', operator: 'equals', value: inboxId },
      actions: [{ type: 'add_tags', tags: ['seen'] }],
    });
    const contact = await createContact(workspace.client);
    const hidden: Conversation[] = [];
    for (let index = 0; index < 3; index += 1)
      hidden.push(await createConversation(workspace.client, { inbox_id: inboxId, contact_id: contact.id }));
    const runs = `/v1/automations/${rule.id}/runs`;
    await eventually(async () => {
      const { meta } = (await member.client.get<ListResponse<object>>(runs, { limit: 1 })).body;
      return meta.total === 3 ? true : null;
    });
    const timeline = `/v1/contacts/${contact.id}/timeline`;
    for (const [path, query] of [
      [runs, { limit: 1 }],
      [timeline, { limit: 1, types: 'conversation.created' }],
    ] as const)
      expect((await outsider.client.get(path, query)).body).toMatchObject({
        data: [],
        total: 0,
        meta: { total: 0, has_more: false },
      });
    for (const order_dir of ['asc', 'desc'])
      for (const query of [{ subject_id: hidden[0]!.id }, { types: 'conversation.created' }] as Record<
        string,
        string
      >[])
        expect((await outsider.client.get('/v1/events', { ...query, order_dir, limit: 1 })).body).toMatchObject({
          data: [],
          meta: { next_after: null, next_before: null, has_more: false },
        });
    const shown = await createConversation(workspace.client, { contact_id: contact.id });
    const { body } = await outsider.client.get<ListResponse<{ subject_id: string }>>('/v1/events', {
      types: 'conversation.created',
      limit: 1,
    });
    expect(body.data.map(({ subject_id }) => subject_id)).toEqual([shown.id]);
    expect((await outsider.client.get<ListResponse<object>>(timeline, { limit: 2 })).body.meta.total).toBeLessThan(4);
  });

  it('should be required to schedule a message in a conversation that was merged', async () => {
    const source = await createConversation(workspace.client, { contact_id: conversation.contact.id });
    const merge = { into_id: conversation.id };
    expect((await workspace.client.post(`/v1/conversations/${source.id}/merge`, merge)).status).toBe(200);
    const scheduled = { conversation_id: source.id, body: 'Later', status: 'draft' };
    expect(getError(await outsider.client.post('/v1/scheduled-messages', scheduled)).status).toBe(422);
    expect((await member.client.post('/v1/scheduled-messages', scheduled)).status).toBe(201);
  });

  it('should be required for files of scheduled messages and drafts', async () => {
    const file = await createFile(workspace.client);
    const scheduled = { conversation_id: conversation.id, body: 'Later', status: 'draft', attachment_ids: [file.id] };
    expect((await member.client.post('/v1/scheduled-messages', scheduled)).status).toBe(201);
    expect((await member.client.get(`/v1/files/${file.id}`)).status).toBe(200);
    expect(getError(await outsider.client.get(`/v1/files/${file.id}`)).status).toBe(404);
    expect(getError(await outsider.client.delete(`/v1/files/${file.id}`)).status).toBe(404);
    const { data } = (await outsider.client.get<ListResponse<{ id: string }>>('/v1/files')).body;
    expect(data.map(({ id }) => id)).not.toContain(file.id);
  });

  it('should be required for the undo of a bulk update', async () => {
    const shown = await createConversation(workspace.client);
    const change = { ids: [conversation.id, shown.id], update: { priority: 'urgent' } };
    const { id } = getData(await workspace.client.post<ItemResponse<{ id: string }>>('/v1/conversations/bulk', change));
    expect(getError(await outsider.client.post(`/v1/conversations/bulk/${id}/undo`)).status).toBe(403);
    const undone = await member.client.post<ItemResponse<{ succeeded: number }>>(`/v1/conversations/bulk/${id}/undo`);
    expect(getData(undone).succeeded).toBe(2);
    expect(getError(await outsider.client.post(`/v1/conversations/bulk/${id}/undo`)).status).toBe(403);
  });

  it.each(['comment', 'reply', 'note'])(
    'should accept the first message of a hidden conversation: %s',
    async (type) => {
      const contact = await createContact(workspace.client);
      const body = { contact_id: contact.id, inbox_id: inboxId, message: { type, body: 'First' } };
      const created = await outsider.client.post<ItemResponse<Conversation>>('/v1/conversations', body);
      expect(created.status).toBe(201);
      const { id } = getData(created);
      expect((await outsider.client.get(`/v1/conversations/${id}`)).status).toBe(404);
      expect(
        getData(await member.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).message_count,
      ).toBe(1);
    },
  );

  it('should follow membership, the setting of the inbox, and moves of the conversation', async () => {
    const members = `/v1/team-inboxes/${inboxId}/members`;
    await workspace.client.post(members, { user_id: outsider.userId });
    expect(await statusFor(outsider.client)).toBe(200);
    await workspace.client.delete(`${members}/${outsider.userId}`);
    expect(await statusFor(outsider.client)).toBe(404);
    await workspace.client.patch(`/v1/team-inboxes/${inboxId}`, { access: 'everyone' });
    expect(await statusFor(outsider.client)).toBe(200);
    await workspace.client.patch(`/v1/team-inboxes/${inboxId}`, { access: 'members' });
    expect(await statusFor(outsider.client)).toBe(404);
    await update({ inbox_id: null });
    expect(await statusFor(outsider.client)).toBe(200);
    const moved = await update({ inbox_id: inboxId }, outsider.client);
    expect([moved.status, moved.body.data.id, await statusFor(outsider.client)]).toEqual([200, conversation.id, 404]);
  });

  it('should not be opened to everyone by the deletion of the inbox', async () => {
    expect(getError(await workspace.client.delete(`/v1/team-inboxes/${inboxId}`)).status).toBe(409);
    await workspace.client.patch(`/v1/team-inboxes/${inboxId}`, { access: 'everyone' });
    expect((await workspace.client.delete(`/v1/team-inboxes/${inboxId}`)).status).toBe(204);
  });
});

describe('IDs of hidden objects', () => {
  const merge = (path: string, source: string, target: string) =>
    workspace.client.post(`/v1/${path}/${source}/merge`, { into_id: target });

  /** Merges an object that everyone sees into one in the limited inbox. */
  async function mergeInto(path: 'conversations' | 'tickets'): Promise<{ source: string; target: string }> {
    const contact_id = conversation.contact.id;
    const [source, target] =
      path === 'conversations'
        ? [await createConversation(workspace.client, { contact_id }), conversation]
        : [
            await createTicket(workspace.client, { contact_id }),
            await createTicket(workspace.client, { contact_id, inbox_id: inboxId }),
          ];
    expect((await merge(path, source.id, target.id)).status).toBe(200);
    return { source: source.id, target: target.id };
  }

  it.each(['conversations', 'tickets'] as const)(
    'should not appear when visible %s are merged into them',
    async (path) => {
      const { source, target } = await mergeInto(path);
      const read = async ({ client }: { client: Client }): Promise<[unknown, unknown[]]> => {
        const item = await client.get<ItemResponse<{ merged_into: string | null }>>(`/v1/${path}/${source}`);
        const responses = [
          item,
          await client.get(`/v1/${path}`),
          await client.post(`/v1/${path}/${source}/reopen`),
          ...(path === 'conversations'
            ? [await client.post('/v1/conversations/filter', { filter: { all: [] } })]
            : [await client.get('/v1/search', { q: 'a' })]),
        ];
        return [getData(item).merged_into, [...responses.map(({ body }) => body), await listEvents(client)]];
      };
      const [hidden, shown] = [await read(outsider), await read(member)];
      expect([hidden[0], shown[0]]).toEqual([null, target]);
      expect(JSON.stringify(hidden[1])).not.toContain(target);
      expect(JSON.stringify(hidden[1])).toContain(source);
      const mergedEvents = (events: unknown) =>
        (events as { type: string; subject_id: string; data: object }[])
          .filter(({ type, subject_id }) => type.endsWith('.merged') && subject_id === source)
          .map(({ data }) => data);
      const data = { side: 'source', source_id: source };
      expect(mergedEvents(hidden[1].at(-1))).toEqual([expect.objectContaining({ ...data, target_id: null })]);
      expect(mergedEvents(shown[1].at(-1))).toEqual([expect.objectContaining({ ...data, target_id: target })]);
    },
  );
});

describe('assignment', () => {
  it('should be rejected with 422 when the user has no access', async () => {
    const path = `/v1/conversations/${conversation.id}`;
    const assignee = { assignee_id: outsider.userId };
    for (const refused of [
      await workspace.client.patch(path, assignee),
      await workspace.client.post(`${path}/assign`, assignee),
      await workspace.client.post('/v1/conversations', { contact: { name: 'Jo' }, inbox_id: inboxId, ...assignee }),
    ])
      expect(getError(refused)).toMatchObject({ status: 422, details: { assignee_id: outsider.userId } });
    const participant = await workspace.client.post(`${path}/participants`, { user_id: outsider.userId });
    expect(getError(participant)).toMatchObject({ status: 422, details: { user_id: outsider.userId } });
    expect((await workspace.client.post(`${path}/assign`, { assignee_id: member.userId })).status).toBe(200);
  });

  it('should be removed when the conversation moves to an inbox that the assignee has no access to', async () => {
    await update({ inbox_id: null, assignee_id: outsider.userId });
    const refused = await update({ inbox_id: inboxId, assignee_id: outsider.userId });
    expect(refused.status).toBe(422);
    expect((await update({ inbox_id: inboxId })).body.data.assignee).toBeNull();
  });

  it('should be removed when the successor of a deactivated user has no access', async () => {
    await update({ assignee_id: member.userId });
    const path = `/v1/users/${member.userId}/deactivate`;
    expect((await workspace.client.post(path, { reassign_to: outsider.userId })).status).toBe(200);
    await eventually(async () => {
      const { data } = (await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`))
        .body;
      return data.assignee === null ? true : null;
    });
  });
});

describe('bulk updates', () => {
  it('should not update conversations that the caller cannot see', async () => {
    const visible = await createConversation(workspace.client);
    const post = (body: object) =>
      outsider.client.post<ItemResponse<{ id: string; total: number; sample: { id: string }[] | null }>>(
        '/v1/conversations/bulk',
        body,
      );
    const selections = [
      { ids: [visible.id, conversation.id] },
      { filter: { field: 'status', operator: 'equals', value: 'open' } },
    ];
    for (const selection of selections) {
      const preview = getData(await post({ ...selection, update: { priority: 'low' }, dry_run: true }));
      expect([preview.total, preview.sample!.map(({ id }) => id)]).toEqual([1, [visible.id]]);
      expect(getData(await post({ ...selection, update: { priority: 'low' } })).total).toBe(1);
    }
    expect(getError(await post({ ids: [conversation.id], update: { priority: 'low' } })).status).toBe(422);
    const own = await workspace.client.post<ItemResponse<{ id: string }>>('/v1/conversations/bulk', {
      ids: [conversation.id],
      update: { priority: 'high' },
    });
    await outsider.client.post(`/v1/conversations/bulk/${getData(own).id}/undo`);
    const { priority } = getData(
      await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`),
    );
    expect(priority).toBe('high');
  });
});

describe('counts', () => {
  it('should leave out conversations that the caller cannot see', async () => {
    const view = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/saved-views', {
        name: 'Open',
        filter: { field: 'status', operator: 'equals', value: 'open' },
      }),
    );
    const read = async ({ client }: Member) => [
      JSON.stringify((await client.get('/v1/saved-views/counts')).body).includes(`"count":1`),
      (await client.get<{ data: { unassigned: number } }>('/v1/conversations/unread-count')).body.data.unassigned,
      (await client.get<ListResponse<object>>('/v1/conversations')).body.total,
      (await client.get<ListResponse<object>>(`/v1/saved-views/${view.id}/conversations`)).body.total,
    ];
    expect(await read(member)).toEqual([true, 1, 1, 1]);
    expect(await read(outsider)).toEqual([false, 0, 0, 0]);
  });
});

describe('notifications', () => {
  interface Notification {
    readonly id: string;
    readonly kind: string;
  }
  const list = async ({ client }: Member): Promise<readonly Notification[]> =>
    (await client.get<ListResponse<Notification>>('/v1/notifications')).body.data;
  const unread = async ({ client }: Member): Promise<number> =>
    (await client.get<{ data: { unread: number } }>('/v1/notifications/unread-count')).body.data.unread;

  it('should not be created for mentioned users without access', async () => {
    const body = `@[A](${outsider.userId}) @[B](${member.userId})`;
    await createNote(workspace.client, conversation.id, { body });
    await eventually(async () => ((await list(member)).some(({ kind }) => kind === 'mentioned') ? true : null));
    expect([await list(outsider), await unread(outsider)]).toEqual([[], 0]);
  });

  it('should be hidden and shown again when the conversation moves', async () => {
    await update({ inbox_id: null, assignee_id: outsider.userId });
    const [notification] = await eventually(async () => {
      const found = await list(outsider);
      return found.length > 0 ? found : null;
    });
    await update({ inbox_id: inboxId });
    await eventually(async () => ((await list(outsider)).length === 0 ? true : null));
    expect(await unread(outsider)).toBe(0);
    const read = await outsider.client.post(`/v1/notifications/${notification!.id}/read`);
    expect(read.status).toBe(404);
    await update({ inbox_id: null });
    await eventually(async () => ((await list(outsider)).length > 0 ? true : null));
  });
});

describe('the event stream', () => {
  it('should not send events and signals of conversations that the caller cannot see', async () => {
    const [hidden, shown] = [await followEvents(outsider.client), await followEvents(member.client)];
    await createMessage(workspace.client, conversation.id, { body: 'secret' });
    await workspace.client.post(`/v1/conversations/${conversation.id}/typing`, { on: true });
    const last = await createConversation(workspace.client);
    const received = ({ events }: typeof shown): boolean => events.some(({ data }) => data.subject_id === last.id);
    await eventually(() => Promise.resolve(received(hidden) && received(shown) ? true : null));
    const about = ({ events }: typeof shown): number =>
      events.filter((event) => JSON.stringify(event).includes(conversation.id)).length;
    expect(about(hidden)).toBe(0);
    expect(about(shown)).toBeGreaterThan(0);
    for (const stream of [hidden, shown]) stream.close();
  });
});

describe('dead letters', () => {
  it('should have no input when the caller cannot see all conversations', async () => {
    await runSql(
      `insert into kernel.dead_letters (id, workspace_id, kind, consumer, payload, error, attempts, parked_at)
         values (gen_random_uuid(), $1, 'timer', 'messaging.unsnooze', $2, 'failed', 5, now())`,
      [workspace.id, JSON.stringify({ key: conversation.id, payload: {} })],
    );
    const read = async ({ client }: Member): Promise<string> =>
      JSON.stringify((await client.get('/v1/dead-letters')).body);
    expect(await read(member)).toContain(conversation.id);
    const text = await read(outsider);
    expect(text).toContain('messaging.unsnooze');
    expect(text).not.toContain(conversation.id);
  });
});

describe('files', () => {
  it('should be hidden when they are attached only to messages that the caller cannot see', async () => {
    const file = await createFile(workspace.client);
    const statusOf = async (): Promise<number> => (await outsider.client.get(`/v1/files/${file.id}`)).status;
    expect(await statusOf()).toBe(200);
    await createMessage(workspace.client, conversation.id, { attachment_ids: [file.id] });
    expect(await statusOf()).toBe(404);
    const visible = await createConversation(workspace.client);
    const message = { body: 'Hi', type: 'reply', attachment_ids: [file.id] };
    const attach = await outsider.client.post(`/v1/conversations/${visible.id}/messages`, message);
    expect(attach.status).toBe(422);
    await createMessage(workspace.client, visible.id, { attachment_ids: [file.id] });
    expect(await statusOf()).toBe(200);
  });
});

it('should not hide conversations from the erasure of a contact by a user without access', async () => {
  const role = getData(
    await workspace.client.post<ItemResponse<{ id: string }>>('/v1/roles', {
      name: 'Privacy',
      scopes: ['contacts:write', 'contact_erasure:write', 'conversations:read'],
    }),
  );
  await workspace.client.patch(`/v1/users/${outsider.userId}`, { role: role.id });
  const path = `/v1/contacts/${conversation.contact.id}/erase`;
  expect((await outsider.client.post(path, { confirm: conversation.contact.id })).status).toBeLessThan(300);
  const { subject, status } = getData(
    await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`),
  );
  expect([subject, status]).toEqual([null, 'closed']);
});

import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createFile } from '../factories/file.js';
import { createNote } from '../factories/note.js';
import { createScheduledMessage } from '../factories/scheduled-message.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface Timed {
  readonly id: string;
  readonly created_at: string;
  readonly version?: number;
}

type CreateItem = () => Promise<Timed>;

let workspace: Workspace;
let conversationId: string;

beforeAll(async () => {
  workspace = await registerWorkspace();
  conversationId = (await createConversation(workspace.client)).id;
});

function postItem(path: string, body: () => object): CreateItem {
  return async () => getData(await workspace.client.post<ItemResponse<Timed>>(path, body()));
}

async function ids(path: string, query: Record<string, string>): Promise<string[]> {
  return (await workspace.client.get<ListResponse<Timed>>(path, { limit: 100, ...query })).body.data.map(
    ({ id }) => id,
  );
}

const versioned: [path: string, create: CreateItem][] = [
  ['/v1/canned-responses', postItem('/v1/canned-responses', () => ({ shortcut: randomUUID(), content: 'Hello' }))],
  ['/v1/quick-replies', postItem('/v1/quick-replies', () => ({ title: 'Thanks', body: 'Thank you!' }))],
  [
    '/v1/saved-views',
    postItem('/v1/saved-views', () => ({
      name: 'Open',
      filter: { field: 'status', operator: 'equals', value: 'open' },
    })),
  ],
  ['/v1/file-folders', postItem('/v1/file-folders', () => ({ name: randomUUID() }))],
  [
    '/v1/scheduled-messages',
    async () => (await createScheduledMessage(workspace.client, conversationId)) as unknown as Timed,
  ],
  ['/v1/conversation-notes', async () => (await createNote(workspace.client, conversationId)) as unknown as Timed],
];

describe('DELETE with If-Match', () => {
  it.each(versioned)(
    'should return 412 for %s when the version is outdated, and delete it when it is current',
    async (path, create) => {
      const { id } = await create();
      const listed = `${path}/${id}`;
      const version = (await workspace.client.get(listed)).headers.get('etag')!;
      const rejection = getError(await workspace.client.delete(listed, { 'if-match': '"999"' }));
      expect(rejection).toMatchObject({ status: 412, details: { current: { id } } });
      expect((await workspace.client.get(listed)).headers.get('etag')).toBe(version);
      expect((await workspace.client.delete(listed, { 'if-match': version })).status).toBe(204);
      expect(getError(await workspace.client.delete(listed)).status).toBe(404);
    },
  );
});

describe('lists', () => {
  const timed: [path: string, create: CreateItem][] = [
    ...versioned,
    ['/v1/messages', async () => (await createMessage(workspace.client, conversationId)) as unknown as Timed],
    ['/v1/files', async () => (await createFile(workspace.client)) as unknown as Timed],
    ['/v1/conversations', async () => (await createConversation(workspace.client)) as unknown as Timed],
  ];

  it.each(timed)('should filter %s by creation time', async (path, create) => {
    const first = await create();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await create();
    const after = await ids(path, { created_after: second.created_at });
    expect([after.includes(first.id), after.includes(second.id)]).toEqual([false, true]);
    const before = await ids(path, { created_before: second.created_at });
    expect([before.includes(first.id), before.includes(second.id)]).toEqual([true, false]);
  });

  it.each(timed.filter(([path]) => path !== '/v1/files'))(
    'should filter %s by time of the last update',
    async (path, create) => {
      const { id } = await create();
      expect(await ids(path, { updated_after: '2020-01-01T00:00:00Z' })).toContain(id);
      expect(await ids(path, { updated_after: '2100-01-01T00:00:00Z' })).toEqual([]);
      expect(await ids(path, { updated_before: '2020-01-01T00:00:00Z' })).toEqual([]);
    },
  );

  it('should filter participants by creation time', async () => {
    const path = `/v1/conversations/${conversationId}/participants`;
    await workspace.client.post(path, { user_id: 'me' });
    expect(await ids(path, { created_after: '2020-01-01T00:00:00Z' })).toEqual([workspace.userId]);
    expect(await ids(path, { created_before: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('should accept aliases in place of ids', async () => {
    const { id: own } = await createScheduledMessage(workspace.client, conversationId);
    expect(await ids('/v1/scheduled-messages', { author_id: 'me' })).toContain(own);
    expect(await ids('/v1/scheduled-messages', { author_id: randomUUID() })).toEqual([]);
    const team = getData(await workspace.client.post<ItemResponse<Timed>>('/v1/teams', { name: randomUUID() }));
    const ofTeam = getData(
      await workspace.client.post<ItemResponse<Timed>>('/v1/canned-responses', {
        shortcut: randomUUID(),
        content: 'Hello',
        visibility: 'team',
        team_id: team.id,
      }),
    );
    const ofNone = getData(
      await workspace.client.post<ItemResponse<Timed>>('/v1/canned-responses', {
        shortcut: randomUUID(),
        content: 'Hello',
      }),
    );
    expect(await ids('/v1/canned-responses', { team: team.id })).toEqual([ofTeam.id]);
    const teamless = await ids('/v1/canned-responses', { team: 'none' });
    expect([teamless.includes(ofTeam.id), teamless.includes(ofNone.id)]).toEqual([false, true]);
    const inbox = getData(await workspace.client.post<ItemResponse<Timed>>('/v1/team-inboxes', { name: randomUUID() }));
    const inTeam = getData(
      await workspace.client.post<ItemResponse<Timed>>('/v1/quick-replies', {
        title: 'Here',
        body: 'Hello',
        inbox_id: inbox.id,
      }),
    );
    const [all, inInbox] = [
      await ids('/v1/quick-replies', { inbox: 'none' }),
      await ids('/v1/quick-replies', { inbox: inbox.id }),
    ];
    expect([all.includes(inTeam.id), inInbox.includes(inTeam.id)]).toEqual([false, true]);
    for (const [path, field] of [
      ['/v1/scheduled-messages', 'author_id'],
      ['/v1/canned-responses', 'team'],
      ['/v1/quick-replies', 'inbox'],
    ] as const) {
      expect(getError(await workspace.client.get(path, { [field]: 'nothing' }))).toMatchObject({
        status: 400,
        details: { [field]: [expect.any(String)] },
      });
    }
  });
});

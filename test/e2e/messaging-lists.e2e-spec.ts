import { randomUUID } from 'node:crypto';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeFile } from '../factories/file.js';
import { makeNote } from '../factories/note.js';
import { makeScheduledMessage } from '../factories/scheduled-message.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { Many, One } from '../support/wire.js';

interface Timed {
  readonly id: string;
  readonly created_at: string;
  readonly version?: number;
}

type Make = () => Promise<Timed>;

let workspace: Workspace;
let conversationId: string;

beforeAll(async () => {
  workspace = await register();
  conversationId = (await makeConversation(workspace.client)).id;
});

function posted(path: string, body: () => object): Make {
  return async () => dataOf(await workspace.client.post<One<Timed>>(path, body()));
}

async function ids(path: string, query: Record<string, string>): Promise<string[]> {
  return (await workspace.client.get<Many<Timed>>(path, { limit: 100, ...query })).body.data.map(({ id }) => id);
}

const versioned: [path: string, make: Make][] = [
  ['/v1/canned-responses', posted('/v1/canned-responses', () => ({ shortcut: randomUUID(), content: 'Hello' }))],
  ['/v1/quick-replies', posted('/v1/quick-replies', () => ({ title: 'Thanks', body: 'Thank you!' }))],
  [
    '/v1/saved-views',
    posted('/v1/saved-views', () => ({ name: 'Open', filter: { field: 'status', operator: 'equals', value: 'open' } })),
  ],
  ['/v1/file-folders', posted('/v1/file-folders', () => ({ name: randomUUID() }))],
  [
    '/v1/scheduled-messages',
    async () => (await makeScheduledMessage(workspace.client, conversationId)) as unknown as Timed,
  ],
  ['/v1/conversation-notes', async () => (await makeNote(workspace.client, conversationId)) as unknown as Timed],
];

describe('deleting', () => {
  it.each(versioned)('should leave %s alone on an older version, and delete on the present one', async (path, make) => {
    const { id } = await make();
    const there = `${path}/${id}`;
    const version = (await workspace.client.get(there)).headers.get('etag')!;
    const refusal = refusalOf(await workspace.client.delete(there, { 'if-match': '"999"' }));
    expect(refusal).toMatchObject({ status: 412, details: { current: { id } } });
    expect((await workspace.client.get(there)).headers.get('etag')).toBe(version);
    expect((await workspace.client.delete(there, { 'if-match': version })).status).toBe(204);
    expect(refusalOf(await workspace.client.delete(there)).status).toBe(404);
  });
});

describe('a list', () => {
  const timed: [path: string, make: Make][] = [
    ...versioned,
    ['/v1/messages', async () => (await makeMessage(workspace.client, conversationId)) as unknown as Timed],
    ['/v1/files', async () => (await makeFile(workspace.client)) as unknown as Timed],
    ['/v1/conversations', async () => (await makeConversation(workspace.client)) as unknown as Timed],
  ];

  it.each(timed)('should show what was made within the times: %s', async (path, make) => {
    const first = await make();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await make();
    const after = await ids(path, { created_after: second.created_at });
    expect([after.includes(first.id), after.includes(second.id)]).toEqual([false, true]);
    const before = await ids(path, { created_before: second.created_at });
    expect([before.includes(first.id), before.includes(second.id)]).toEqual([true, false]);
  });

  it.each(timed.filter(([path]) => path !== '/v1/files'))(
    'should show what was changed within the times: %s',
    async (path, make) => {
      const { id } = await make();
      expect(await ids(path, { updated_after: '2020-01-01T00:00:00Z' })).toContain(id);
      expect(await ids(path, { updated_after: '2100-01-01T00:00:00Z' })).toEqual([]);
      expect(await ids(path, { updated_before: '2020-01-01T00:00:00Z' })).toEqual([]);
    },
  );

  it('should show who has followed a conversation since', async () => {
    const path = `/v1/conversations/${conversationId}/participants`;
    await workspace.client.post(path, { user_id: 'me' });
    expect(await ids(path, { created_after: '2020-01-01T00:00:00Z' })).toEqual([workspace.userId]);
    expect(await ids(path, { created_before: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('should take the words that stand for ids', async () => {
    const { id: mine } = await makeScheduledMessage(workspace.client, conversationId);
    expect(await ids('/v1/scheduled-messages', { author_id: 'me' })).toContain(mine);
    expect(await ids('/v1/scheduled-messages', { author_id: randomUUID() })).toEqual([]);
    const team = dataOf(await workspace.client.post<One<Timed>>('/v1/teams', { name: randomUUID() }));
    const ofTeam = dataOf(
      await workspace.client.post<One<Timed>>('/v1/canned-responses', {
        shortcut: randomUUID(),
        content: 'Hello',
        visibility: 'team',
        team_id: team.id,
      }),
    );
    const ofNone = dataOf(
      await workspace.client.post<One<Timed>>('/v1/canned-responses', { shortcut: randomUUID(), content: 'Hello' }),
    );
    expect(await ids('/v1/canned-responses', { team: team.id })).toEqual([ofTeam.id]);
    const teamless = await ids('/v1/canned-responses', { team: 'none' });
    expect([teamless.includes(ofTeam.id), teamless.includes(ofNone.id)]).toEqual([false, true]);
    const inbox = dataOf(await workspace.client.post<One<Timed>>('/v1/team-inboxes', { name: randomUUID() }));
    const here = dataOf(
      await workspace.client.post<One<Timed>>('/v1/quick-replies', {
        title: 'Here',
        body: 'Hello',
        inbox_id: inbox.id,
      }),
    );
    const [everywhere, inInbox] = [
      await ids('/v1/quick-replies', { inbox: 'none' }),
      await ids('/v1/quick-replies', { inbox: inbox.id }),
    ];
    expect([everywhere.includes(here.id), inInbox.includes(here.id)]).toEqual([false, true]);
    for (const [path, field] of [
      ['/v1/scheduled-messages', 'author_id'],
      ['/v1/canned-responses', 'team'],
      ['/v1/quick-replies', 'inbox'],
    ] as const) {
      expect(refusalOf(await workspace.client.get(path, { [field]: 'nothing' }))).toMatchObject({
        status: 400,
        details: { [field]: [expect.any(String)] },
      });
    }
  });
});

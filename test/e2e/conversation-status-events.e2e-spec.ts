import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { getData, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import type { Conversation, ItemResponse } from '../support/wire.js';

interface StatusEvent {
  readonly subject_id: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly before: string;
  readonly after: string;
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

/** All events of the workspace that report a change of a status. */
async function listStatusEvents(): Promise<StatusEvent[]> {
  const rows = await runSql(
    `select subject_id, type, coalesce(aliases, '{}') as aliases,
       data #>> '{changed,status,0}' as before, data #>> '{changed,status,1}' as after
     from kernel.events
     where workspace_id = $1 and subject_type = 'conversation' and data -> 'changed' ? 'status' order by position`,
    [workspace.id],
  );
  return rows as unknown as StatusEvent[];
}

function open(): Promise<Conversation> {
  return createConversation(workspace.client, { message: { body: 'Hello' } });
}

async function act(id: string, action: string, body: object = {}): Promise<void> {
  getData(await workspace.client.post<ItemResponse<unknown>>(`/v1/conversations/${id}/${action}`, body));
}

async function update(id: string, status: string): Promise<void> {
  getData(await workspace.client.patch<ItemResponse<unknown>>(`/v1/conversations/${id}`, { status }));
}

/** Each command that changes a status; the last change that it causes. */
const COMMANDS: readonly (readonly [name: string, run: () => Promise<unknown>, change: string])[] = [
  ['an update', async () => update((await open()).id, 'pending'), 'open pending'],
  ['resolving', async () => act((await open()).id, 'resolve'), 'open resolved'],
  ['closing', async () => update((await open()).id, 'closed'), 'open closed'],
  ['snoozing', async () => act((await open()).id, 'snooze'), 'open snoozed'],
  [
    'reopening',
    async () => {
      const { id } = await open();
      await act(id, 'resolve');
      await act(id, 'reopen');
    },
    'resolved open',
  ],
  [
    'a message of the contact',
    async () => {
      const { id } = await open();
      await act(id, 'snooze');
      await createMessage(workspace.client, id, { type: 'comment', body: 'Still there?' });
    },
    'snoozed open',
  ],
  [
    'the end of a snooze',
    async () => {
      const { id } = await open();
      await act(id, 'snooze', { until: new Date(Date.now() + 1500).toISOString() });
      await eventually(async () => expect((await listStatusEvents()).at(-1)!.after).toBe('open'));
    },
    'snoozed open',
  ],
  [
    'a bulk update',
    async () =>
      workspace.client.post('/v1/conversations/bulk', { ids: [(await open()).id], update: { status: 'resolved' } }),
    'open resolved',
  ],
  ['a merge', async () => act((await open()).id, 'merge', { into_id: (await open()).id }), 'open closed'],
  [
    'undoing a merge',
    async () => {
      const [source, target] = [await open(), await open()];
      await act(target.id, 'resolve');
      await act(source.id, 'merge', { into_id: target.id });
      await act(source.id, 'unmerge');
    },
    'open resolved',
  ],
  [
    'a rule',
    async () => {
      await workspace.client.post('/v1/automations', {
        name: 'Resolve',
        events: ['conversation.created'],
        actions: [{ type: 'resolve' }],
      });
      await open();
      await eventually(async () => expect((await listStatusEvents()).at(-1)!.after).toBe('resolved'));
    },
    'open resolved',
  ],
];

describe('events of a change of a status', () => {
  it.each(COMMANDS)('should match conversation.status_changed when the cause is %s', async (_name, run, change) => {
    await run();
    const events = await listStatusEvents();
    expect(`${events.at(-1)!.before} ${events.at(-1)!.after}`).toBe(change);
    const expected = ['conversation.status_changed', 'conversation.updated'];
    for (const { type, aliases } of events) expect([type, ...aliases]).toEqual(expect.arrayContaining(expected));
  });

  it('should have the special type of the change as well when a merge is undone', async () => {
    const [source, target] = [await open(), await open()];
    await act(target.id, 'resolve');
    await act(source.id, 'merge', { into_id: target.id });
    await act(source.id, 'unmerge');
    const [ofSource, ofTarget] = [source, target].map(({ id }) => id);
    const last = (id: string | undefined) => (event: StatusEvent) => event.subject_id === id;
    const events = await listStatusEvents();
    expect(events.findLast(last(ofTarget))).toMatchObject({
      type: 'conversation.unmerged',
      aliases: expect.arrayContaining(['conversation.resolved']),
    });
    expect(events.findLast(last(ofSource))).toMatchObject({
      type: 'conversation.unmerged',
      aliases: expect.arrayContaining(['conversation.reopened']),
    });
  });
});

import { eventually } from '@parley/kernel/testing';
import { makeAutomation, type Automation } from '../factories/automation.js';
import { makeConversation } from '../factories/conversation.js';
import { makeTeam } from '../factories/team.js';
import { dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import type { Conversation, Many, Message, One } from '../support/wire.js';

interface Run {
  readonly id: string;
  readonly outcome: string;
  readonly event_type: string;
  readonly conditions: readonly { path: string; actual: unknown; held: boolean }[];
  readonly actions: readonly {
    type: string;
    outcome: string;
    error: string | null;
    events: readonly { type: string; changed: object | null }[];
  }[];
}

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await register();
  client = workspace.client;
});

async function runsOf({ id }: Automation, count = 1): Promise<readonly Run[]> {
  return eventually(async () => {
    const { data } = (await client.get<Many<Run>>(`/v1/automations/${id}/runs`)).body;
    return data.length >= count ? data : null;
  });
}

async function conversation(id: string): Promise<Conversation> {
  return dataOf(await client.get<One<Conversation>>(`/v1/conversations/${id}`));
}

describe('an automation', () => {
  it('should do all its actions once, and say why', async () => {
    const team = await makeTeam(client);
    const rule = await makeAutomation(client, {
      events: ['conversation.created', 'message.created'],
      actions: [
        { type: 'add_tags', tags: ['billing'] },
        { type: 'assign_team', team_id: team.id },
        { type: 'set_priority', priority: 'high' },
        { type: 'add_note', body: 'Hello {{contact.name}}' },
      ],
    });
    const { id } = await makeConversation(client);
    const [run, ...others] = await runsOf(rule);
    expect(others).toEqual([]);
    expect(run!.outcome).toBe('succeeded');
    expect(run!.conditions).toMatchObject([{ path: 'filter.all[0]', actual: 'Where is my invoice?', held: true }]);
    expect(run!.actions.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'add_tags done',
      'assign_team done',
      'set_priority done',
      'add_note done',
    ]);
    expect(await conversation(id)).toMatchObject({ tags: ['billing'], team: { id: team.id }, priority: 'high' });
    const { data } = (await client.get<Many<Message>>(`/v1/conversations/${id}/messages`, { type: 'note' })).body;
    expect(data.map(({ body }) => body)).toEqual(['Hello John Doe']);
  });

  it('should not run for what its filter does not hold', async () => {
    const other = await makeAutomation(client, {
      name: 'Every message',
      filter: { all: [] },
      actions: [{ type: 'add_tags', tags: ['seen'] }],
    });
    const rule = await makeAutomation(client);
    await makeConversation(client, { message: { body: 'Hello there' } });
    await runsOf(other);
    expect((await client.get<Many<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toEqual([]);
  });

  it('should go on after an action that failed, and undo that one only', async () => {
    const rule = await makeAutomation(client, {
      actions: [
        { type: 'set_status', status: 'closed' },
        { type: 'send_reply', body: 'Too late' },
        { type: 'add_tags', tags: ['billing'] },
      ],
    });
    const { id } = await makeConversation(client);
    const [run] = await runsOf(rule);
    expect(run!.outcome).toBe('partly_failed');
    expect(run!.actions.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done']);
    expect(run!.actions[1]!.error).toContain('closed');
    expect(await conversation(id)).toMatchObject({ status: 'closed', tags: ['billing'], message_count: 1 });
  });

  it('should leave out what follows a failure when it stops on errors', async () => {
    const rule = await makeAutomation(client, {
      stop_on_error: true,
      actions: [{ type: 'close' }, { type: 'send_reply', body: 'Too late' }, { type: 'add_tags', tags: ['billing'] }],
    });
    await makeConversation(client);
    const [run] = await runsOf(rule);
    expect(run!.actions.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'left_out']);
  });

  it('should not be set off by its own effects', async () => {
    const rule = await makeAutomation(client, {
      events: ['note.created', 'message.created'],
      filter: { all: [] },
      actions: [{ type: 'add_note', body: 'Again' }],
    });
    expect(rule.warnings).toHaveLength(1);
    const { id } = await makeConversation(client);
    await runsOf(rule);
    const marker = await makeAutomation(client, {
      name: 'Marker',
      events: ['conversation.resolved'],
      filter: { all: [] },
      actions: [{ type: 'add_tags', tags: ['end'] }],
    });
    dataOf(await client.post<One<Conversation>>(`/v1/conversations/${id}/resolve`));
    await runsOf(marker);
    expect((await client.get<Many<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toHaveLength(1);
  });

  it('should end a circle of rules', async () => {
    const up = await makeAutomation(client, {
      name: 'Up',
      events: ['conversation.priority_changed'],
      filter: { all: [] },
      actions: [{ type: 'set_field', field: 'a', value: '{{now}}' }],
    });
    const down = await makeAutomation(client, {
      name: 'Down',
      events: ['conversation.updated'],
      filter: { all: [] },
      actions: [{ type: 'set_priority', priority: 'low' }],
    });
    expect(down.warnings).toHaveLength(1);
    const { id } = await makeConversation(client);
    dataOf(await client.patch<One<Conversation>>(`/v1/conversations/${id}`, { priority: 'urgent' }));
    await runsOf(up);
    await runsOf(down);
    expect(await conversation(id)).toMatchObject({ priority: 'low' });
  });

  it('should run once for a conversation under the policy once', async () => {
    const rule = await makeAutomation(client, { run_policy: 'once' });
    const { id } = await makeConversation(client);
    await runsOf(rule);
    const every = await makeAutomation(client, { name: 'Every', filter: { all: [] } });
    await client.post(`/v1/conversations/${id}/messages`, { type: 'comment', body: 'And the other invoice?' });
    await runsOf(every);
    expect((await client.get<Many<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toHaveLength(1);
  });

  it('should keep later rules from running when it stops after a match', async () => {
    const first = await makeAutomation(client, { stop_after_match: true, position: 1 });
    const second = await makeAutomation(client, { name: 'Second', position: 2 });
    await makeConversation(client);
    await runsOf(first);
    expect((await client.get<Many<Run>>(`/v1/automations/${second.id}/runs`)).body.data).toEqual([]);
  });

  it('should compare with what was before', async () => {
    const rule = await makeAutomation(client, {
      events: ['conversation.updated'],
      actions: [{ type: 'add_tags', tags: ['calmed'] }],
      filter: {
        all: [
          { field: 'priority', operator: 'changed_from', value: 'urgent' },
          { field: 'previous.priority', operator: 'equals', value: 'urgent' },
          { field: 'changed.subject', operator: 'equals', value: true },
        ],
      },
    });
    const { id } = await makeConversation(client, { priority: 'urgent' });
    await client.patch(`/v1/conversations/${id}`, { priority: 'low', subject: 'All is well' });
    const [run] = await runsOf(rule);
    expect(run!.conditions[0]).toMatchObject({ actual: { before: 'urgent', after: 'low' } });
  });

  it('should stay as it is when disabled, and run again when enabled', async () => {
    const rule = await makeAutomation(client, { enabled: false });
    await makeConversation(client);
    expect(dataOf(await client.post<One<Automation>>(`/v1/automations/${rule.id}/enable`)).enabled).toBe(true);
    await makeConversation(client);
    expect(await runsOf(rule)).toHaveLength(1);
    expect(dataOf(await client.post<One<Automation>>(`/v1/automations/${rule.id}/disable`)).enabled).toBe(false);
  });
});

describe('saving an automation', () => {
  it('should tell every fault by its path', async () => {
    const refusal = refusalOf(
      await client.post('/v1/automations', {
        name: 'Wrong',
        events: ['message.create'],
        filter: { all: [{ field: 'message.bodi', operator: 'contains', value: 'x' }] },
        actions: [{ type: 'add_tag', tags: [] }],
        run_policy: 'cooldown',
      }),
    );
    expect(refusal.status).toBe(400);
    expect(Object.keys(refusal.details).sort()).toEqual([
      'actions[0].type',
      'cooldown_seconds',
      'events[0]',
      'filter.all[0].field',
    ]);
  });

  it('should not take a team of another workspace', async () => {
    const stranger = await register();
    const team = await makeTeam(stranger.client);
    const refusal = refusalOf(
      await client.post('/v1/automations', {
        name: 'x',
        events: ['message.created'],
        actions: [{ type: 'assign_team', team_id: team.id }],
      }),
    );
    expect(refusal.details).toEqual({ 'actions[0].team_id': ['there is no team with this id'] });
  });

  it('should refuse a change on an older version', async () => {
    const rule = await makeAutomation(client);
    await client.patch(`/v1/automations/${rule.id}`, { name: 'Newer' });
    expect(
      refusalOf(
        await client.patch(`/v1/automations/${rule.id}`, { name: 'Older' }, { 'if-match': `"${rule.version}"` }),
      ).status,
    ).toBe(412);
  });
});

describe('a dry run', () => {
  it('should say what would happen, and change nothing', async () => {
    const { id } = await makeConversation(client);
    const before = await conversation(id);
    const events = (await client.get<Many<object>>('/v1/events', { limit: 100 })).body.data.length;
    const rule = {
      name: 'Try',
      events: ['message.created'],
      actions: [
        { type: 'add_tags', tags: ['billing'] },
        { type: 'add_note', body: 'Hello {{contact.name}}' },
      ],
    };
    const trial = dataOf(
      await client.post<One<{ would_run: boolean; actions: Run['actions'] }>>('/v1/automations/dry-run', {
        rule,
        conversation_id: id,
      }),
    );
    expect(trial.would_run).toBe(true);
    expect(trial.actions[0]).toMatchObject({ outcome: 'done', events: [{ changed: { tags: [[], ['billing']] } }] });
    expect(await conversation(id)).toEqual(before);
    expect((await client.get<Many<object>>('/v1/events', { limit: 100 })).body.data).toHaveLength(events);
  });

  it('should say which condition does not hold', async () => {
    const { id } = await makeConversation(client, { message: { body: 'Hello' } });
    const rule = await makeAutomation(client, { enabled: false });
    const trial = dataOf(
      await client.post<One<{ matched: boolean; conditions: Run['conditions'] }>>('/v1/automations/dry-run', {
        automation_id: rule.id,
        conversation_id: id,
      }),
    );
    expect(trial).toMatchObject({ matched: false, conditions: [{ actual: 'Hello', held: false }] });
  });

  it('should not look at a conversation of another workspace', async () => {
    const stranger = await register();
    const { id } = await makeConversation(stranger.client);
    const rule = await makeAutomation(client);
    expect(
      refusalOf(await client.post('/v1/automations/dry-run', { automation_id: rule.id, conversation_id: id })).status,
    ).toBe(404);
  });
});

import { eventually } from '@parley/kernel/testing';
import { createAutomation, type Automation } from '../factories/automation.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { Conversation, ListResponse, Message, ItemResponse } from '../support/wire.js';

interface Run {
  readonly id: string;
  readonly outcome: string;
  readonly event_type: string;
  readonly conditions: readonly { path: string; actual: unknown; matched: boolean }[];
  readonly actions: readonly {
    type: string;
    outcome: string;
    error: string | null;
    rendered: Readonly<Record<string, string>> | null;
    events: readonly { type: string; changed: object | null }[];
  }[];
}

interface DryRun {
  readonly matched: boolean;
  readonly would_run: boolean;
  readonly skip_reason: string | null;
  readonly conditions: Run['conditions'];
}

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

async function runsOf({ id }: Automation, count = 1): Promise<readonly Run[]> {
  return eventually(async () => {
    const { data } = (await client.get<ListResponse<Run>>(`/v1/automations/${id}/runs`)).body;
    return data.length >= count ? data : null;
  });
}

async function getConversation(id: string): Promise<Conversation> {
  return getData(await client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

describe('running automations', () => {
  it('should run all actions once and record the result when a conversation matches', async () => {
    const team = await createTeam(client);
    const rule = await createAutomation(client, {
      events: ['conversation.created', 'message.created'],
      actions: [
        { type: 'add_tags', tags: ['billing'] },
        { type: 'assign_team', team_id: team.id },
        { type: 'set_priority', priority: 'high' },
        { type: 'add_note', body: 'Hello {{contact.name}}' },
      ],
    });
    const { id } = await createConversation(client);
    const [run, ...others] = await runsOf(rule);
    expect(others).toEqual([]);
    expect(run!.outcome).toBe('succeeded');
    expect(run!.conditions).toMatchObject([{ path: 'filter.all[0]', actual: 'Where is my invoice?', matched: true }]);
    expect(run!.actions.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'add_tags done',
      'assign_team done',
      'set_priority done',
      'add_note done',
    ]);
    expect(await getConversation(id)).toMatchObject({ tags: ['billing'], team: { id: team.id }, priority: 'high' });
    const { data } = (await client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`, { type: 'note' }))
      .body;
    expect(data.map(({ body }) => body)).toEqual(['Hello John Doe']);
  });

  it('should evaluate each message with the effects of earlier runs when many arrive at once', async () => {
    const filter = { all: [{ field: 'tags', operator: 'not_contains', value: 'first' }] };
    const untagged = await createAutomation(client, {
      name: 'First message',
      events: ['message.created'],
      filter,
      actions: [{ type: 'add_tags', tags: ['first'] }],
    });
    const once = await createAutomation(client, {
      name: 'Once',
      events: ['message.created'],
      filter: { all: [] },
      run_policy: 'once',
      actions: [{ type: 'add_note', body: 'Note' }],
    });
    const counted = await createAutomation(client, {
      name: 'Every message',
      events: ['message.created'],
      filter: { all: [] },
      actions: [{ type: 'add_note', body: '{{ message.body }}' }],
    });
    const { id } = await createConversation(client, { message: undefined });
    const bodies = Array.from({ length: 12 }, (_none, index) => `Message ${index}`);
    await Promise.all(bodies.map((body) => createMessage(client, id, { body })));
    await runsOf(counted, bodies.length);
    expect(await runsOf(untagged)).toHaveLength(1);
    expect(await runsOf(once)).toHaveLength(1);
    const { data } = (
      await client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`, { type: 'note', limit: 100 })
    ).body;
    expect(data.map(({ body }) => body).sort()).toEqual([...bodies, 'Note'].sort());
  });

  it('should not run when the filter does not match', async () => {
    const other = await createAutomation(client, {
      name: 'Every message',
      filter: { all: [] },
      actions: [{ type: 'add_tags', tags: ['seen'] }],
    });
    const rule = await createAutomation(client);
    await createConversation(client, { message: { body: 'Hello there' } });
    await runsOf(other);
    expect((await client.get<ListResponse<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toEqual([]);
  });

  it('should roll back only the failed action and run the following ones when an action fails', async () => {
    const rule = await createAutomation(client, {
      actions: [
        { type: 'set_status', status: 'closed' },
        { type: 'send_reply', body: 'Too late' },
        { type: 'add_tags', tags: ['billing'] },
      ],
    });
    const { id } = await createConversation(client);
    const [run] = await runsOf(rule);
    expect(run!.outcome).toBe('partly_failed');
    expect(run!.actions.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done']);
    expect(run!.actions[1]!.error).toContain('closed');
    expect(await getConversation(id)).toMatchObject({ status: 'closed', tags: ['billing'], message_count: 1 });
  });

  it('should skip the following actions when an action fails and stop_on_error is set', async () => {
    const rule = await createAutomation(client, {
      stop_on_error: true,
      actions: [{ type: 'close' }, { type: 'send_reply', body: 'Too late' }, { type: 'add_tags', tags: ['billing'] }],
    });
    await createConversation(client);
    const [run] = await runsOf(rule);
    expect(run!.actions.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'skipped']);
  });

  it('should not run again when its own actions cause its events', async () => {
    const rule = await createAutomation(client, {
      events: ['note.created', 'message.created'],
      filter: { all: [] },
      actions: [{ type: 'add_note', body: 'Again' }],
    });
    expect(rule.warnings).toHaveLength(1);
    const { id } = await createConversation(client);
    await runsOf(rule);
    const marker = await createAutomation(client, {
      name: 'Marker',
      events: ['conversation.resolved'],
      filter: { all: [] },
      actions: [{ type: 'add_tags', tags: ['end'] }],
    });
    getData(await client.post<ItemResponse<Conversation>>(`/v1/conversations/${id}/resolve`));
    await runsOf(marker);
    expect((await client.get<ListResponse<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toHaveLength(1);
  });

  it('should run each rule once when rules trigger each other', async () => {
    const up = await createAutomation(client, {
      name: 'Up',
      events: ['conversation.priority_changed'],
      filter: { all: [] },
      actions: [{ type: 'set_field', field: 'a', value: '{{now}}' }],
    });
    const down = await createAutomation(client, {
      name: 'Down',
      events: ['conversation.updated'],
      filter: { all: [] },
      actions: [{ type: 'set_priority', priority: 'low' }],
    });
    expect(down.warnings).toHaveLength(1);
    const { id } = await createConversation(client);
    getData(await client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { priority: 'urgent' }));
    await runsOf(up);
    await runsOf(down);
    expect(await getConversation(id)).toMatchObject({ priority: 'low' });
  });

  it('should run once per conversation when the policy is once', async () => {
    const rule = await createAutomation(client, { run_policy: 'once' });
    const { id } = await createConversation(client);
    await runsOf(rule);
    const every = await createAutomation(client, { name: 'Every', filter: { all: [] } });
    await client.post(`/v1/conversations/${id}/messages`, { type: 'comment', body: 'And the other invoice?' });
    await runsOf(every);
    expect((await client.get<ListResponse<Run>>(`/v1/automations/${rule.id}/runs`)).body.data).toHaveLength(1);
  });

  it('should not run later rules when stop_after_match is set and the rule matched', async () => {
    const first = await createAutomation(client, { stop_after_match: true, position: 1 });
    const second = await createAutomation(client, { name: 'Second', position: 2 });
    await createConversation(client);
    await runsOf(first);
    expect((await client.get<ListResponse<Run>>(`/v1/automations/${second.id}/runs`)).body.data).toEqual([]);
  });

  it('should compare with previous values when the filter has change conditions', async () => {
    const rule = await createAutomation(client, {
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
    const { id } = await createConversation(client, { priority: 'urgent' });
    await client.patch(`/v1/conversations/${id}`, { priority: 'low', subject: 'All is well' });
    const [run] = await runsOf(rule);
    expect(run!.conditions[0]).toMatchObject({ actual: { before: 'urgent', after: 'low' } });
  });

  it('should compare single custom fields and metadata keys when the filter has change conditions', async () => {
    const rule = await createAutomation(client, {
      events: ['conversation.updated'],
      filter: {
        all: [
          { field: 'custom_fields.plan', operator: 'changed_to', value: 'gold' },
          { field: 'previous.custom_fields.plan', operator: 'equals', value: 'free' },
          { not: { field: 'custom_fields.seats', operator: 'changed' } },
        ],
      },
      actions: [{ type: 'add_tags', tags: ['upgraded'] }],
    });
    const { id } = await createConversation(client, { custom_fields: { plan: 'free', seats: 3 } });
    await client.patch(`/v1/conversations/${id}`, { custom_fields: { plan: 'gold', seats: 3 } });
    const [run] = await runsOf(rule);
    expect(run!.conditions[0]).toMatchObject({ actual: { before: 'free', after: 'gold' }, matched: true });
  });

  it('should compare the event with the type that it waits for', async () => {
    const filter = { field: 'event', operator: 'equals', value: 'conversation.status_changed' };
    const general = await createAutomation(client, { events: ['conversation.status_changed'], filter });
    const special = await createAutomation(client, {
      events: ['conversation.closed'],
      filter: { ...filter, value: 'conversation.closed' },
    });
    const { id } = await createConversation(client);
    await client.post(`/v1/conversations/${id}/close`);
    for (const rule of [general, special]) expect((await runsOf(rule))[0]).toMatchObject({ outcome: 'succeeded' });
  });

  it('should run for every change of the status when it waits for conversation.status_changed', async () => {
    const rule = await createAutomation(client, {
      events: ['conversation.status_changed'],
      filter: { all: [] },
      actions: [{ type: 'add_note', body: 'Status: {{conversation.status}}' }],
    });
    const { id } = await createConversation(client);
    for (const [index, action] of ['resolve', 'reopen', 'close'].entries()) {
      expect((await client.post(`/v1/conversations/${id}/${action}`)).status).toBe(200);
      await runsOf(rule, index + 1);
    }
    expect((await runsOf(rule, 3)).map(({ event_type: type }) => type)).toEqual([
      'conversation.closed',
      'conversation.reopened',
      'conversation.resolved',
    ]);
  });

  it('should run only while it is enabled', async () => {
    const rule = await createAutomation(client, { enabled: false });
    // The events of the last ones are still waiting when the rule is enabled.
    await Promise.all(Array.from({ length: 25 }, () => createConversation(client)));
    expect(getData(await client.post<ItemResponse<Automation>>(`/v1/automations/${rule.id}/enable`)).enabled).toBe(
      true,
    );
    await createConversation(client);
    expect(await runsOf(rule)).toHaveLength(1);
    expect(getData(await client.post<ItemResponse<Automation>>(`/v1/automations/${rule.id}/disable`)).enabled).toBe(
      false,
    );
  });
});

describe('POST and PATCH /v1/automations', () => {
  it('should return all errors by path when the rule is not valid', async () => {
    const rejection = getError(
      await client.post('/v1/automations', {
        name: 'Wrong',
        events: ['message.create'],
        filter: { all: [{ field: 'message.bodi', operator: 'contains', value: 'x' }] },
        actions: [{ type: 'add_tag', tags: [] }],
        run_policy: 'cooldown',
      }),
    );
    expect(rejection.status).toBe(400);
    expect(Object.keys(rejection.details).sort()).toEqual([
      'actions[0].type',
      'cooldown_seconds',
      'events[0]',
      'filter.all[0].field',
    ]);
  });

  it('should return 400 when an action refers to a team of another workspace', async () => {
    const outsider = await registerWorkspace();
    const team = await createTeam(outsider.client);
    const rejection = getError(
      await client.post('/v1/automations', {
        name: 'x',
        events: ['message.created'],
        actions: [{ type: 'assign_team', team_id: team.id }],
      }),
    );
    expect(rejection.details).toEqual({ 'actions[0].team_id': ['actions[0].team_id is not the ID of a team'] });
  });

  it('should return 412 when the version is outdated', async () => {
    const rule = await createAutomation(client);
    await client.patch(`/v1/automations/${rule.id}`, { name: 'Newer' });
    expect(
      getError(await client.patch(`/v1/automations/${rule.id}`, { name: 'Older' }, { 'if-match': `"${rule.version}"` }))
        .status,
    ).toBe(412);
  });
});

describe('POST /v1/automations/dry-run', () => {
  it('should return the results of the actions and change nothing', async () => {
    const { id } = await createConversation(client, { contact: { name: 'Jane' } });
    const before = await getConversation(id);
    const events = (await client.get<ListResponse<object>>('/v1/events', { limit: 100 })).body.data.length;
    const rule = {
      name: 'Try',
      events: ['message.created'],
      actions: [
        { type: 'add_tags', tags: ['billing'] },
        { type: 'add_note', body: 'Hello {{contact.name}}' },
      ],
    };
    const dryRun = getData(
      await client.post<ItemResponse<{ would_run: boolean; actions: Run['actions'] }>>('/v1/automations/dry-run', {
        rule,
        conversation_id: id,
      }),
    );
    expect(dryRun.would_run).toBe(true);
    expect(dryRun.actions[0]).toMatchObject({ outcome: 'done', events: [{ changed: { tags: [[], ['billing']] } }] });
    expect(dryRun.actions.map(({ rendered }) => rendered)).toEqual([null, { body: 'Hello Jane' }]);
    expect(await getConversation(id)).toEqual(before);
    expect((await client.get<ListResponse<object>>('/v1/events', { limit: 100 })).body.data).toHaveLength(events);
  });

  it('should return the conditions that did not match', async () => {
    const { id } = await createConversation(client, { message: { body: 'Hello' } });
    const rule = await createAutomation(client, { enabled: false });
    const dryRun = getData(
      await client.post<ItemResponse<{ matched: boolean; conditions: Run['conditions'] }>>('/v1/automations/dry-run', {
        automation_id: rule.id,
        conversation_id: id,
      }),
    );
    expect(dryRun).toMatchObject({ matched: false, conditions: [{ actual: 'Hello', matched: false }] });
  });

  it('should evaluate change conditions when changes are given, and keep the conversation', async () => {
    const { id } = await createConversation(client);
    const rule = {
      name: 'Reopened',
      events: ['conversation.resolved', 'conversation.reopened'],
      filter: {
        all: [
          { field: 'status', operator: 'changed_from', value: 'resolved' },
          { field: 'status', operator: 'changed_to', value: 'open' },
          { field: 'previous.status', operator: 'equals', value: 'resolved' },
          { field: 'changed.priority', operator: 'equals', value: false },
        ],
      },
      actions: [{ type: 'add_tags', tags: ['again'] }],
    };
    const dryRun = async (fields: object): Promise<DryRun> =>
      getData(
        await client.post<ItemResponse<DryRun>>('/v1/automations/dry-run', { rule, conversation_id: id, ...fields }),
      );
    expect(await dryRun({})).toMatchObject({ matched: false, would_run: false });
    expect(await dryRun({ changes: { status: ['resolved', 'open'] } })).toMatchObject({
      matched: true,
      would_run: true,
      skip_reason: null,
      conditions: [{ actual: { before: 'resolved', after: 'open' } }, {}, { actual: 'resolved' }, { actual: false }],
    });
    expect(await getConversation(id)).toMatchObject({ tags: [], status: 'open' });
  });

  it('should return all errors of the request and of an unsaved rule at once, as saving does', async () => {
    const rule = {
      name: 'x'.repeat(500),
      events: ['conversation.creatd'],
      filter: { field: 'prioritty', operator: 'equals', value: 'high' },
      actions: [{ type: 'assign_team', team_id: '0190b6a1-7c00-7000-8000-00000000000a' }, { type: 'fly' }],
    };
    const saved = getError(await client.post('/v1/automations', rule));
    const tried = getError(await client.post('/v1/automations/dry-run', { rule, conversation_id: 'none' }));
    const { conversation_id, ...ruleErrors } = tried.details as Record<string, string[]>;
    expect([saved.status, tried.status]).toEqual([400, 400]);
    expect(conversation_id).toHaveLength(1);
    expect(Object.keys(ruleErrors).sort()).toEqual(
      Object.keys(saved.details!)
        .map((path) => `rule.${path}`)
        .sort(),
    );
    expect(Object.keys(ruleErrors)).toEqual(
      expect.arrayContaining(['rule.name', 'rule.events[0]', 'rule.filter.field', 'rule.actions[1].type']),
    );
    const { id } = await createConversation(client);
    const response = await client.post('/v1/automations/dry-run', {
      rule: { ...rule, name: 'x' },
      conversation_id: id,
    });
    expect(Object.keys(getError(response).details!)).toEqual(
      expect.arrayContaining([
        'rule.events[0]',
        'rule.filter.field',
        'rule.actions[0].team_id',
        'rule.actions[1].type',
      ]),
    );
  });

  it('should not run and return the reason when the event does not trigger the rule', async () => {
    const { id } = await createConversation(client);
    const { id: automationId } = await createAutomation(client, { enabled: false });
    const target = { automation_id: automationId, conversation_id: id };
    const { status, body } = await client.post<ItemResponse<DryRun>>('/v1/automations/dry-run', {
      ...target,
      event: 'conversation.tagged',
    });
    expect(status).toBe(200);
    // The event has no message, so the condition on its text is false, too.
    expect(body.data).toMatchObject({
      matched: false,
      would_run: false,
      skip_reason: 'The event "conversation.tagged" does not trigger the rule. Its events are: message.created.',
      actions: [],
    });
  });

  it('should return 400 with the path of each change when changes are not valid', async () => {
    const { id } = await createConversation(client);
    const { id: automationId } = await createAutomation(client, { enabled: false });
    const changes = {
      statsu: ['open', 'closed'],
      status: ['done', 'open'],
      priority: ['high'],
      tags: ['a', ['b']],
      channel: ['chat', 'chat'],
      'previous.status': ['open', 'closed'],
    };
    const { status, details } = getError(
      await client.post('/v1/automations/dry-run', { automation_id: automationId, conversation_id: id, changes }),
    );
    expect(status).toBe(400);
    expect(Object.keys(details).sort()).toEqual([
      'changes.channel',
      'changes.previous.status',
      'changes.priority',
      'changes.statsu',
      'changes.status[0]',
      'changes.tags[0]',
    ]);
    expect(details['changes.statsu']).toEqual([expect.stringContaining('did you mean "status"?')]);
  });

  it('should return 404 when the conversation belongs to another workspace', async () => {
    const outsider = await registerWorkspace();
    const { id } = await createConversation(outsider.client);
    const rule = await createAutomation(client);
    expect(
      getError(await client.post('/v1/automations/dry-run', { automation_id: rule.id, conversation_id: id })).status,
    ).toBe(404);
  });
});

describe('events of automations', () => {
  const listEvents = async (): Promise<readonly { type: string; data: object }[]> =>
    (await client.get<ListResponse<{ type: string; data: object }>>('/v1/events', { types: 'automation.*' })).body.data;

  it('should log the creation, the changed fields and the deletion of a rule', async () => {
    const { id } = await createAutomation(client, { name: 'Orders' });
    await client.patch(`/v1/automations/${id}`, { stop_on_error: true, name: 'All orders' });
    await client.patch(`/v1/automations/${id}`, { name: 'All orders' });
    await client.post(`/v1/automations/${id}/disable`);
    await client.delete(`/v1/automations/${id}`);
    expect((await listEvents()).map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'automation.created', data: { name: 'Orders' } },
      {
        type: 'automation.updated',
        data: { name: 'All orders', changed: { name: ['Orders', 'All orders'], stop_on_error: [false, true] } },
      },
      { type: 'automation.updated', data: { name: 'All orders', changed: { enabled: [true, false] } } },
      { type: 'automation.deleted', data: { name: 'All orders' } },
    ]);
  });

  it('should apply changes of a rule to the next event', async () => {
    const rule = await createAutomation(client, { events: ['conversation.created'], enabled: false });
    const tagsAfter = async (): Promise<readonly string[]> => {
      const { id } = await createConversation(client);
      // The last rule has run, and so have those before it.
      await runsOf(marker, (markers += 1));
      return (await getConversation(id)).tags;
    };
    const marker = await createAutomation(client, {
      events: ['conversation.created'],
      actions: [{ type: 'set_priority', priority: 'urgent' }],
      position: 100,
    });
    let markers = 0;
    expect(await tagsAfter()).toEqual([]);
    await client.patch(`/v1/automations/${rule.id}`, {
      enabled: true,
      actions: [{ type: 'add_tags', tags: ['first'] }],
    });
    expect(await tagsAfter()).toEqual(['first']);
    await client.patch(`/v1/automations/${rule.id}`, { actions: [{ type: 'add_tags', tags: ['second'] }] });
    expect(await tagsAfter()).toEqual(['second']);
    await client.delete(`/v1/automations/${rule.id}`);
    expect(await tagsAfter()).toEqual([]);
  });

  it('should not run a rule for events from before it was created', async () => {
    const conversations: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      conversations.push((await createConversation(client)).id);
      await createAutomation(client, {
        events: ['conversation.created'],
        actions: [{ type: 'add_tags', tags: [`rule${index}`] }],
      });
    }
    const { id: last } = await createConversation(client);
    await eventually(async () => expect((await getConversation(last)).tags).toHaveLength(10));
    for (const [index, id] of conversations.entries())
      expect((await getConversation(id)).tags).toEqual(Array.from({ length: index }, (_none, rule) => `rule${rule}`));
  });
});

describe('a rule that refers to a deleted team', () => {
  it('should be disabled, renamed and moved, but not enabled', async () => {
    const { id: teamId } = await createTeam(client);
    const { id } = await createAutomation(client, { actions: [{ type: 'assign_team', team_id: teamId }] });
    await client.delete(`/v1/teams/${teamId}`);
    const path = `/v1/automations/${id}`;
    expect((await client.post(`${path}/disable`)).status).toBe(200);
    expect((await client.patch(path, { name: 'Stale', position: 7, stop_on_error: true })).body).toMatchObject({
      data: { name: 'Stale', position: 7, stop_on_error: true, enabled: false },
    });
    expect(getError(await client.post(`${path}/enable`)).details).toHaveProperty(['actions[0].team_id']);
    expect(getError(await client.patch(path, { events: ['conversation.created'] })).status).toBe(400);
    expect((await client.patch(path, { actions: [{ type: 'unassign' }], enabled: true })).status).toBe(200);
  });
});

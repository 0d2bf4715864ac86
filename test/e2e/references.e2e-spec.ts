import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { createMember, invite } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

interface Reference {
  readonly type: string;
  readonly id: string;
  readonly name: string | null;
  readonly fields: readonly string[];
}

interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly reference: { readonly type: string; readonly id: string } | null;
}

interface Stored {
  readonly id: string;
  readonly problems: readonly Problem[];
}

type References = { readonly data: readonly Reference[]; readonly total: number };
type Deleted = { readonly id: string; readonly references: readonly Reference[]; readonly references_total: number };

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

async function post(path: string, body: object): Promise<Stored> {
  return getData(await client.post<ItemResponse<Stored>>(path, body));
}

async function problemsOf(path: string): Promise<readonly Problem[]> {
  return getData(await client.get<ItemResponse<Stored>>(path)).problems;
}

const withoutIds = (references: readonly Reference[]) =>
  references.map(({ type, name, fields }) => [type, name, fields]);

/** Everything that can refer to a team. */
async function referToTeam(teamId: string): Promise<void> {
  await post('/v1/automations', {
    name: 'To the team',
    events: ['message.created'],
    filter: { all: [{ field: 'team_id', operator: 'in', value: [teamId] }] },
    actions: [{ type: 'resolve' }, { type: 'assign_team', team_id: teamId }],
  });
  const view = { all: [{ not: { field: 'team_id', operator: 'equals', value: teamId } }] };
  await post('/v1/saved-views', { name: 'Not theirs', filter: view });
  await post('/v1/canned-responses', { shortcut: 'hi', content: 'Hi', visibility: 'team', team_id: teamId });
  await post('/v1/team-inboxes', { name: 'Billing inbox', team_id: teamId });
  await post('/v1/webhooks', {
    url: 'https://example.com/hook',
    events: ['*'],
    filter: { all: [{ field: 'data.team_id', operator: 'equals', value: teamId }] },
  });
  await invite(client, { team_ids: [teamId] });
}

describe('DELETE of an object that others refer to', () => {
  it('should return the objects that refer to a team, as the preview does', async () => {
    const team = await createTeam(client);
    await referToTeam(team.id);
    const preview = (await client.get<References>(`/v1/teams/${team.id}/references`)).body;
    expect(withoutIds(preview.data).slice(0, 3)).toEqual([
      ['automation', 'To the team', ['actions[1].team_id', 'filter.all[0].value[0]']],
      ['canned_response', 'hi', ['team_id']],
      ['inbox', 'Billing inbox', ['team_id']],
    ]);
    expect(preview.data.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['automation', 'canned_response', 'inbox', 'invitation', 'saved_view', 'webhook']),
    );
    expect(preview.total).toBe(preview.data.length);
    const { status, body } = await client.delete<ItemResponse<Deleted>>(`/v1/teams/${team.id}`);
    expect(status).toBe(200);
    expect(body.data).toEqual({ id: team.id, references: preview.data, references_total: preview.total });
  });

  it('should return 204 when nothing refers to the object', async () => {
    const team = await createTeam(client);
    expect((await client.get<References>(`/v1/teams/${team.id}/references`)).body).toEqual({ data: [], total: 0 });
    expect(await client.delete(`/v1/teams/${team.id}`)).toMatchObject({ status: 204, body: null });
  });

  it('should return the objects that refer to an inbox', async () => {
    const inbox = await post('/v1/team-inboxes', { name: 'Support' });
    await post('/v1/quick-replies', { title: 'Thanks', body: 'Thank you', inbox_id: inbox.id });
    const filter = { all: [{ field: 'inbox_id', operator: 'equals', value: inbox.id }] };
    await post('/v1/saved-views', { name: 'Support', filter });
    const { body } = await client.delete<ItemResponse<Deleted>>(`/v1/team-inboxes/${inbox.id}`);
    expect(withoutIds(body.data.references)).toEqual([
      ['quick_reply', 'Thanks', ['inbox_id']],
      ['saved_view', 'Support', ['filter.all[0].value']],
    ]);
  });

  it('should return the objects that refer to a custom field, a company, a tag and a file', async () => {
    const field = await post('/v1/attribute-definitions', {
      applies_to: 'contact',
      key: 'plan',
      label: 'Plan',
      type: 'text',
    });
    const company = await post('/v1/companies', { name: 'Acme' });
    const tag = await post('/v1/tags', { name: 'Billing' });
    await post('/v1/segments', {
      name: 'Segment',
      filter: {
        any: [
          { field: 'custom_fields.plan', operator: 'is_present' },
          { field: 'custom_fields.plan_b', operator: 'is_present' },
          { field: 'company_id', operator: 'equals', value: company.id },
        ],
      },
    });
    await post('/v1/automations', {
      name: 'Rule',
      events: ['message.created'],
      filter: { field: 'contact.custom_fields.plan', operator: 'equals', value: 'gold' },
      actions: [{ type: 'add_tags', tags: ['billing'] }],
    });
    const references = async (path: string) =>
      withoutIds(getData(await client.delete<ItemResponse<Deleted>>(path)).references);
    expect(await references(`/v1/attribute-definitions/${field.id}`)).toEqual([
      ['automation', 'Rule', ['filter.field']],
      ['segment', 'Segment', ['filter.any[0].field']],
    ]);
    expect(await references(`/v1/companies/${company.id}`)).toEqual([['segment', 'Segment', ['filter.any[2].value']]]);
    expect(await references(`/v1/tags/${tag.id}`)).toEqual([['automation', 'Rule', ['actions[0].tags[0]']]]);
  });

  it('should return 409 when a role is used, and list what uses it', async () => {
    const role = await post('/v1/roles', { name: 'Lead', scopes: ['contacts:read'] });
    const provider = await post('/v1/oidc-providers', {
      name: 'Acme login',
      issuer: 'https://login.acme.example',
      client_id: 'parley',
      default_role: role.id,
      auto_provision: true,
      allowed_domains: ['acme.example'],
    });
    const { data } = (await client.get<References>(`/v1/roles/${role.id}/references`)).body;
    expect(withoutIds(data)).toEqual([['oidc_provider', 'Acme login', ['default_role']]]);
    expect(getError(await client.delete(`/v1/roles/${role.id}`))).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect((await client.delete(`/v1/oidc-providers/${provider.id}`)).status).toBe(204);
    expect((await client.delete(`/v1/roles/${role.id}`)).status).toBe(204);
  });

  it('should not show names that the caller cannot read', async () => {
    const team = await createTeam(client);
    await referToTeam(team.id);
    const { client: limited } = await createApiKey(workspace, ['teams:write']);
    const { data } = (await limited.get<References>(`/v1/teams/${team.id}/references`)).body;
    expect(Object.fromEntries(data.map(({ type, name }) => [type, name]))).toMatchObject({
      automation: null,
      inbox: 'Billing inbox',
      webhook: null,
    });
  });

  it('should not show references to and from another workspace', async () => {
    const team = await createTeam(client);
    const other = await registerWorkspace();
    expect(getError(await other.client.get(`/v1/teams/${team.id}/references`)).status).toBe(404);
    expect(getError(await other.client.delete(`/v1/teams/${team.id}`)).status).toBe(404);
  });
});

describe('POST /v1/users/{id}/deactivate', () => {
  it('should return the objects that refer to the user', async () => {
    const member = await createMember(workspace);
    const team = await createTeam(client, { member_ids: [member.userId] });
    await post('/v1/automations', {
      name: 'To them',
      events: ['message.created'],
      actions: [{ type: 'assign_user', user_id: member.userId }],
    });
    const expected = [
      ['automation', 'To them', ['actions[0].user_id']],
      ['team', team.name, ['members']],
    ];
    const preview = (await client.get<References>(`/v1/users/${member.userId}/references`)).body;
    expect(withoutIds(preview.data)).toEqual(expected);
    const user = getData(
      await client.post<ItemResponse<Deleted & { readonly status: string }>>(
        `/v1/users/${member.userId}/deactivate`,
        {},
      ),
    );
    expect(user).toMatchObject({ id: member.userId, status: 'inactive', references_total: 2 });
    expect(withoutIds(user.references)).toEqual(expected);
  });
});

describe('GET …/{id}/references', () => {
  const webhook = (field: string, value: unknown) =>
    post('/v1/webhooks', {
      url: 'https://example.com/hook',
      events: ['*'],
      filter: { all: [{ field, operator: 'equals', value }] },
    });

  it.each(['actor.id', 'data.author_id', 'data.reader_id', 'data.mentions', 'data.changed.assignee_id'])(
    'should return webhooks that filter %s by a user, without problems for other IDs',
    async (field) => {
      await webhook(field, workspace.userId);
      const { data } = (await client.get<References>(`/v1/users/${workspace.userId}/references`)).body;
      expect(withoutIds(data)).toContainEqual(['webhook', 'https://example.com/hook', ['filter.all[0].value']]);
      if (/actor|author|reader/.test(field)) {
        const contact = await createContact(client);
        expect((await webhook(field, contact.id)).problems).toEqual([]);
      }
    },
  );

  it('should return rules that filter the author of a message by a user, without problems for contacts', async () => {
    const rule = (value: string) =>
      post('/v1/automations', {
        name: 'By author',
        events: ['message.created'],
        filter: { all: [{ field: 'message.author_id', operator: 'equals', value }] },
        actions: [{ type: 'resolve' }],
      });
    await rule(workspace.userId);
    const { data } = (await client.get<References>(`/v1/users/${workspace.userId}/references`)).body;
    expect(withoutIds(data)).toContainEqual(['automation', 'By author', ['filter.all[0].value']]);
    expect((await rule((await createContact(client)).id)).problems).toEqual([]);
  });

  it.each(['data.tags', 'data.changed.tags'])('should return webhooks that filter %s by a tag', async (field) => {
    const tag = await post('/v1/tags', { name: 'Billing' });
    await post('/v1/webhooks', {
      url: 'https://example.com/hook',
      events: ['*'],
      filter: { all: [{ field, operator: 'contains', value: 'BILLING' }] },
    });
    const { data } = (await client.get<References>(`/v1/tags/${tag.id}/references`)).body;
    expect(withoutIds(data)).toEqual([['webhook', 'https://example.com/hook', ['filter.all[0].value']]]);
  });

  it('should return texts with a custom field', async () => {
    const definition = { applies_to: 'contact', key: 'plan', label: 'Plan', type: 'text' };
    const field = await post('/v1/attribute-definitions', definition);
    const conversation = await createConversation(client);
    const [text, other] = ['Your {{ contact.custom_fields.plan }}', 'The plan {{ conversation.custom_fields.plan }}'];
    for (const [index, content] of [text, other].entries()) {
      await post('/v1/canned-responses', { shortcut: `plan${index}`, content });
      await post('/v1/quick-replies', { title: `Plan ${index}`, body: content });
      await post('/v1/scheduled-messages', { conversation_id: conversation.id, body: content, status: 'draft' });
    }
    const { data } = (await client.get<References>(`/v1/attribute-definitions/${field.id}/references`)).body;
    expect(withoutIds(data)).toEqual([
      ['canned_response', 'plan0', ['content']],
      ['quick_reply', 'Plan 0', ['body']],
      ['scheduled_message', text, ['body']],
    ]);
  });
});

describe('problems', () => {
  it('should be shown by scheduled messages of a deactivated author', async () => {
    const author = await createMember(workspace);
    const conversation = await createConversation(client);
    const create = async (fields: object) =>
      getData(
        await author.client.post<ItemResponse<Stored>>('/v1/scheduled-messages', {
          conversation_id: conversation.id,
          body: 'Later',
          send_at: '2046-01-15T10:30:00.000Z',
          ...fields,
        }),
      );
    const [pending, draft] = [await create({}), await create({ status: 'draft' })];
    expect([pending.problems, draft.problems]).toEqual([[], []]);
    await client.post(`/v1/users/${author.userId}/deactivate`, {});
    const problem = {
      path: 'author_id',
      code: 'inactive',
      message: expect.any(String),
      reference: { type: 'user', id: author.userId },
    };
    for (const { id } of [pending, draft])
      expect(await problemsOf(`/v1/scheduled-messages/${id}`)).toEqual([expect.objectContaining(problem)]);
    const { data } = (await client.get<{ data: Stored[] }>('/v1/scheduled-messages')).body;
    expect(data.map(({ problems }) => problems.length)).toEqual([1, 1]);
  });

  it('should be empty when everything that a rule refers to exists', async () => {
    const team = await createTeam(client);
    const rule = await post('/v1/automations', {
      name: 'Fine',
      events: ['message.created'],
      actions: [{ type: 'assign_team', team_id: team.id }],
    });
    expect(rule.problems).toEqual([]);
    expect(await problemsOf(`/v1/automations/${rule.id}`)).toEqual([]);
  });

  it.each([
    ['/v1/canned-responses', { shortcut: 'hi', content: 'Hi' }, { shortcut: 'hello' }],
    ['/v1/saved-views', { name: 'Theirs', filter: { all: [] } }, { name: 'Ours' }],
  ])('should not prevent other changes of an object of a deleted team: %s', async (path, fields, change) => {
    const team = await createTeam(client);
    const { id } = await post(path, { ...fields, visibility: 'team', team_id: team.id });
    await client.delete(`/v1/teams/${team.id}`);
    expect((await problemsOf(`${path}/${id}`)).map(({ code }) => code)).toEqual(['not_found']);
    const changed = await client.patch<ItemResponse<Stored>>(`${path}/${id}`, change);
    expect(getData(changed)).toMatchObject(change);
    expect(getData(changed).problems).toHaveLength(1);
    const repaired = await client.patch<ItemResponse<Stored>>(`${path}/${id}`, { visibility: 'workspace' });
    expect(getData(repaired).problems).toEqual([]);
  });

  it('should name what a rule refers to when it is gone or inactive, in lists too', async () => {
    const [team, member] = [await createTeam(client), await createMember(workspace)];
    const inbox = await post('/v1/team-inboxes', { name: 'Support' });
    const rule = await post('/v1/automations', {
      name: 'Stale',
      events: ['message.created'],
      filter: {
        all: [
          { field: 'inbox_id', operator: 'equals', value: inbox.id },
          { field: 'assignee_id', operator: 'equals', value: member.userId },
        ],
      },
      actions: [
        { type: 'assign_team', team_id: team.id },
        { type: 'assign_user', user_id: member.userId },
      ],
    });
    await client.delete(`/v1/teams/${team.id}`);
    await client.delete(`/v1/team-inboxes/${inbox.id}`);
    await client.post(`/v1/users/${member.userId}/deactivate`, {});
    const problems = await problemsOf(`/v1/automations/${rule.id}`);
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['actions[0].team_id', 'not_found'],
      ['actions[1].user_id', 'inactive'],
      ['filter.all[0].value', 'not_found'],
      ['filter.all[1].value', 'inactive'],
    ]);
    expect(problems[0]).toEqual({
      path: 'actions[0].team_id',
      code: 'not_found',
      message: 'actions[0].team_id is not the ID of a team',
      reference: { type: 'team', id: team.id },
    });
    const listed = (await client.get<{ data: Stored[] }>('/v1/automations')).body.data;
    expect(listed.map(({ problems: found }) => found)).toEqual([problems]);
    // Disabling and renaming work; an edit of the rule names what has no effect.
    expect((await client.post(`/v1/automations/${rule.id}/disable`, {})).status).toBe(200);
    expect((await client.patch(`/v1/automations/${rule.id}`, { name: 'Renamed' })).status).toBe(200);
    const { status, details } = getError(
      await client.patch(`/v1/automations/${rule.id}`, { stop_on_error: true, events: ['message.created'] }),
    );
    expect([status, Object.keys(details)]).toEqual([
      400,
      ['actions[0].team_id', 'actions[1].user_id', 'filter.all[0].value'],
    ]);
  });

  it('should disappear when the user is activated again', async () => {
    const member = await createMember(workspace);
    const rule = await post('/v1/automations', {
      name: 'To them',
      events: ['message.created'],
      actions: [{ type: 'assign_user', user_id: member.userId }],
    });
    await client.post(`/v1/users/${member.userId}/deactivate`, {});
    expect(await problemsOf(`/v1/automations/${rule.id}`)).toHaveLength(1);
    await client.post(`/v1/users/${member.userId}/activate`, {});
    expect(await problemsOf(`/v1/automations/${rule.id}`)).toEqual([]);
  });

  it('should be shown by views, canned responses, quick replies, webhooks and segments', async () => {
    const team = await createTeam(client);
    const inbox = await post('/v1/team-inboxes', { name: 'Support' });
    const company = await post('/v1/companies', { name: 'Acme' });
    const stored = {
      'saved-views': await post('/v1/saved-views', {
        name: 'View',
        filter: {
          all: [
            { field: 'team_id', operator: 'in', value: ['none', team.id] },
            { field: 'assignee_id', operator: 'equals', value: 'me' },
          ],
        },
      }),
      'canned-responses': await post('/v1/canned-responses', {
        shortcut: 'hi',
        content: 'Hi',
        visibility: 'team',
        team_id: team.id,
      }),
      'quick-replies': await post('/v1/quick-replies', { title: 'Thanks', body: 'Thanks', inbox_id: inbox.id }),
      webhooks: await post('/v1/webhooks', {
        url: 'https://example.com/hook',
        events: ['*'],
        filter: { all: [{ field: 'data.team_id', operator: 'equals', value: team.id }] },
      }),
      segments: await post('/v1/segments', {
        name: 'Acme',
        filter: { field: 'company_id', operator: 'equals', value: company.id },
      }),
    };
    await client.delete(`/v1/teams/${team.id}`);
    await client.delete(`/v1/team-inboxes/${inbox.id}`);
    await client.delete(`/v1/companies/${company.id}`);
    const found: Record<string, readonly string[]> = {};
    for (const [name, { id, problems }] of Object.entries(stored)) {
      expect(problems).toEqual([]);
      const current = await problemsOf(`/v1/${name}/${id}`);
      const listed = (await client.get<{ data: Stored[] }>(`/v1/${name}`)).body.data.find((item) => item.id === id)!;
      expect(listed.problems).toEqual(current);
      found[name] = current.map(({ path, code }) => `${path} ${code}`);
    }
    expect(found).toEqual({
      'saved-views': ['filter.all[0].value[1] not_found'],
      'canned-responses': ['team_id not_found'],
      'quick-replies': ['inbox_id not_found'],
      webhooks: ['filter.all[0].value not_found'],
      segments: ['filter.value not_found'],
    });
  });

  it('should name misspelt custom fields of segments, saved views and texts when others are defined', async () => {
    const define = (applies_to: string) =>
      post('/v1/attribute-definitions', { applies_to, key: 'plan', label: 'Plan', type: 'text' });
    const field = (name: string) => ({ field: name, operator: 'equals', value: 'gold' });
    const stored = async (key: string) => {
      const text = `{{contact.custom_fields.${key}}}`;
      const suffix = key.replaceAll('_', '');
      return {
        segments: await post('/v1/segments', { name: key, filter: field(`custom_fields.${key}`) }),
        'saved-views': await post('/v1/saved-views', { name: key, filter: { all: [field(`custom_fields.${key}`)] } }),
        'canned-responses': await post('/v1/canned-responses', { shortcut: suffix, content: text }),
        'quick-replies': await post('/v1/quick-replies', { title: key, body: text }),
        automations: await post('/v1/automations', {
          name: key,
          events: ['message.created'],
          actions: [{ type: 'add_note', body: text }],
        }),
      };
    };
    const free = await stored('pln');
    for (const { problems } of Object.values(free)) expect(problems).toEqual([]);
    await define('contact');
    await define('conversation');
    const paths = ['filter.field', 'filter.all[0].field', 'content', 'body', 'actions[0].body'];
    for (const [index, [name, { id }]] of Object.entries(free).entries()) {
      const [problem, ...others] = await problemsOf(`/v1/${name}/${id}`);
      expect(problem).toMatchObject({ path: paths[index], code: 'not_found', reference: { type: 'custom_field' } });
      expect([problem!.message, others]).toEqual([expect.stringContaining('did you mean "plan"?'), []]);
    }
    for (const { problems } of Object.values(await stored('plan'))) expect(problems).toEqual([]);
  });

  it('should name deleted custom fields and tags until they are created again', async () => {
    const define = () =>
      post('/v1/attribute-definitions', { applies_to: 'contact', key: 'tier', label: 'Tier', type: 'text' });
    const [field, tag] = [await define(), await post('/v1/tags', { name: 'Gold' })];
    const condition = { field: 'tags', operator: 'contains', value: 'gold' };
    const segment = await post('/v1/segments', {
      name: 'Tier',
      filter: { all: [{ field: 'custom_fields.tier', operator: 'is_present' }, condition] },
    });
    const view = await post('/v1/saved-views', { name: 'Gold', filter: { not: condition } });
    const rule = await post('/v1/automations', {
      name: 'Rule',
      events: ['message.created'],
      filter: { any: [{ field: 'contact.custom_fields.tier', operator: 'is_present' }, condition] },
      actions: [{ type: 'add_tags', tags: ['gold'] }],
    });
    const found = async () => {
      const paths = [`/v1/segments/${segment.id}`, `/v1/saved-views/${view.id}`, `/v1/automations/${rule.id}`];
      const problems = await Promise.all(paths.map(problemsOf));
      return problems.map((list) => list.map(({ path, code }) => `${path} ${code}`));
    };
    expect(await found()).toEqual([[], [], []]);
    await client.delete(`/v1/attribute-definitions/${field.id}`);
    await client.delete(`/v1/tags/${tag.id}`);
    expect(await found()).toEqual([
      ['filter.all[0].field not_found', 'filter.all[1].value not_found'],
      ['filter.not.value not_found'],
      ['filter.any[0].field not_found', 'filter.any[1].value not_found'],
    ]);
    // The rule can still be saved: the tag can be used again.
    expect((await client.patch(`/v1/automations/${rule.id}`, { events: ['conversation.created'] })).status).toBe(200);
    await define();
    await post('/v1/tags', { name: 'gold' });
    expect(await found()).toEqual([[], [], []]);
  });
});

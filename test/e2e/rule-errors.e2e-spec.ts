import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { getData, getError, registerWorkspace, type Client } from '../support/client.js';
import type { ItemResponse } from '../support/wire.js';

let client: Client;

beforeAll(async () => {
  ({ client } = await registerWorkspace());
  const define = (applies_to: string, key: string, type: string, options: readonly string[] = []) =>
    client.post('/v1/attribute-definitions', { applies_to, key, label: key, type, options });
  await define('contact', 'seats', 'number');
  await define('contact', 'vip', 'checkbox');
  await define('conversation', 'plan', 'list', ['free', 'pro']);
});

const VALID = {
  name: 'Rule',
  events: ['message.created'],
  filter: { all: [{ field: 'status', operator: 'equals', value: 'open' }] },
  actions: [{ type: 'resolve' }],
};
const UNKNOWN_ID = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';
const condition = (field: string, operator: string, value?: unknown) => ({ all: [{ field, operator, value }] });

/** Faults with their fields, each of another kind. */
const FAULTS: readonly (readonly [kind: string, fields: object, path: string, message: RegExp])[] = [
  ['a missing name', { name: undefined }, 'name', /is required/],
  ['a field of a wrong type', { stop_on_error: 'yes' }, 'stop_on_error', /boolean/],
  ['an unknown field of the rule', { priority: 1 }, 'priority', /not a known field/],
  ['a misspelt event', { events: ['mesage.created'] }, 'events[0]', /did you mean "message.created"/],
  [
    'a misspelt field',
    { filter: condition('statuss', 'equals', 'open') },
    'filter.all[0].field',
    /did you mean "status".*GET \/v1\/automations\/fields/,
  ],
  [
    'a misspelt operator',
    { filter: condition('status', 'equal', 'open') },
    'filter.all[0].operator',
    /did you mean "equals"/,
  ],
  [
    'a value that the field cannot have',
    { filter: condition('status', 'equals', 'done') },
    'filter.all[0].value',
    /open/,
  ],
  [
    'a text for a custom field with numbers',
    { filter: condition('contact.custom_fields.seats', 'equals', '5') },
    'filter.all[0].value',
    /number/,
  ],
  [
    'an operator that the custom field does not have',
    { filter: condition('contact.custom_fields.vip', 'greater_than', 1) },
    'filter.all[0].operator',
    /boolean/,
  ],
  [
    'a team in a condition that does not exist',
    { filter: condition('team_id', 'in', [UNKNOWN_ID]) },
    'filter.all[0].value[0]',
    /not the ID of a team/,
  ],
  ['a misspelt action', { actions: [{ type: 'resolv' }] }, 'actions[0].type', /did you mean "resolve"/],
  ['a missing parameter', { actions: [{ type: 'add_tags' }] }, 'actions[0].tags', /is required/],
  [
    'an unknown user',
    { actions: [{ type: 'assign_user', user_id: UNKNOWN_ID }] },
    'actions[0].user_id',
    /not the ID of an active user/,
  ],
  [
    'an unknown variable',
    { actions: [{ type: 'add_note', body: '{{ contact.nmae }}' }] },
    'actions[0].body',
    /did you mean "contact.name"/,
  ],
  [
    'a value that the custom field cannot have',
    { actions: [{ type: 'set_field', field: 'plan', value: 'gold' }] },
    'actions[0].value',
    /free, pro/,
  ],
  ['a missing cooldown', { run_policy: 'cooldown' }, 'cooldown_seconds', /is required/],
];

function errorsOf(response: Awaited<ReturnType<Client['post']>>): Readonly<Record<string, readonly string[]>> {
  const { status, details } = getError(response);
  expect(status).toBe(400);
  return details as Record<string, string[]>;
}

describe.each([
  ['POST', () => (fields: object) => client.post('/v1/automations', { ...VALID, ...fields })],
  [
    'PATCH',
    () => async (fields: object) => {
      const { id } = getData(await client.post<ItemResponse<{ id: string }>>('/v1/automations', VALID));
      return client.patch(`/v1/automations/${id}`, fields);
    },
  ],
] as const)('%s of a rule', (method, createSend) => {
  const faults = FAULTS.filter(([kind]) => method === 'POST' || kind !== 'a missing name');

  it.each(faults)('should return the path and the remedy of %s', async (_kind, fields, path, message) => {
    const details = errorsOf(await createSend()(fields));
    expect(Object.keys(details)).toEqual([path]);
    expect(details[path]!.join()).toMatch(message);
  });

  it('should return all errors at once when they are of different kinds', async () => {
    const fields = {
      ...(method === 'POST' && { name: undefined }),
      stop_on_error: 'yes',
      priority: 1,
      events: ['message.created', 'mesage.created'],
      filter: {
        all: [
          { field: 'statuss', operator: 'equals', value: 'open' },
          { field: 'contact.custom_fields.seats', operator: 'equals', value: '5' },
          { field: 'inbox_id', operator: 'equals', value: randomUUID() },
        ],
      },
      actions: [
        { type: 'resolv' },
        { type: 'add_tags' },
        { type: 'assign_team', team_id: randomUUID() },
        { type: 'assign_user', user_id: 'me' },
        { type: 'add_note', body: '{{ contact.nmae }}', to: 'all' },
        { type: 'set_field', field: 'plan', value: 'gold' },
      ],
      run_policy: 'cooldown',
    };
    const details = errorsOf(await createSend()(fields));
    expect(Object.keys(details).sort()).toEqual(
      [
        ...(method === 'POST' ? ['name'] : []),
        'stop_on_error',
        'priority',
        'events[1]',
        'filter.all[0].field',
        'filter.all[1].value',
        'filter.all[2].value',
        'actions[0].type',
        'actions[1].tags',
        'actions[2].team_id',
        'actions[3].user_id',
        'actions[4].body',
        'actions[4].to',
        'actions[5].value',
        'cooldown_seconds',
      ].sort(),
    );
  });
});

it('should accept a rule with conditions that fit the types of the custom fields', async () => {
  const team = await createTeam(client);
  const filter = {
    all: [
      { field: 'contact.custom_fields.seats', operator: 'greater_than', value: 5 },
      { field: 'contact.custom_fields.vip', operator: 'equals', value: true },
      { field: 'custom_fields.plan', operator: 'contains', value: 'pr' },
      { field: 'custom_fields.other', operator: 'equals', value: '5' },
      { field: 'team_id', operator: 'equals', value: team.id },
    ],
  };
  expect(
    getData(await client.post<ItemResponse<{ filter: object }>>('/v1/automations', { ...VALID, filter })).filter,
  ).toEqual(filter);
});

it('should warn about rules that never match and about real cycles only', async () => {
  const save = async (fields: object) =>
    getData(await client.post<ItemResponse<{ warnings: string[] }>>('/v1/automations', { ...VALID, ...fields }))
      .warnings;
  const open = { all: [{ field: 'status', operator: 'equals', value: 'open' }] };
  expect(await save({ events: ['conversation.resolved'], filter: open })).toEqual([
    expect.stringMatching(/^The filter is never true/),
  ]);
  expect(await save({ events: ['conversation.updated'], filter: open })).toEqual([]);
  const loop = { name: 'Loop', events: ['note.created'], filter: null, actions: [{ type: 'add_note', body: 'x' }] };
  expect(await save(loop)).toEqual([expect.stringMatching(/^"Loop" can trigger itself/)]);
});

describe('warnings about custom fields', () => {
  const CASES: readonly (readonly [kind: string, fields: object, warnings: readonly string[]])[] = [
    [
      'a misspelt field of the contact in a filter',
      { filter: condition('contact.custom_fields.seat', 'is_present') },
      ['The contact has no defined custom field "seat"; did you mean "seats"?'],
    ],
    [
      'a misspelt field of the conversation in a filter about a change',
      { events: ['conversation.updated'], filter: condition('custom_fields.plna', 'changed') },
      ['The conversation has no defined custom field "plna"; did you mean "plan"?'],
    ],
    [
      'a field that is like no other',
      { filter: condition('custom_fields.colour', 'is_present') },
      ['The conversation has no defined custom field "colour".'],
    ],
    [
      'a misspelt field that an action sets',
      { actions: [{ type: 'set_field', field: 'plna', value: 1 }] },
      ['The conversation has no defined custom field "plna"; did you mean "plan"?'],
    ],
    [
      'misspelt fields in templates',
      {
        actions: [
          {
            type: 'add_note',
            body: '{{ contact.custom_fields.vpi }} {% if conversation.custom_fields.plna %}x{% endif %}',
          },
        ],
      },
      [
        'The contact has no defined custom field "vpi"; did you mean "vip"?',
        'The conversation has no defined custom field "plna"; did you mean "plan"?',
      ],
    ],
    [
      'values that are not options of the list',
      { filter: condition('custom_fields.plan', 'in', ['PRO', 'premium']) },
      ['"premium" is not an option of "custom_fields.plan"; use one of free, pro.'],
    ],
    [
      'a misspelt option in a negated condition',
      { filter: { not: condition('custom_fields.plan', 'equals', 'fre') } },
      ['"fre" is not an option of "custom_fields.plan"; did you mean "free"?'],
    ],
    [
      'defined fields only',
      {
        filter: condition('custom_fields.plan', 'equals', 'Pro'),
        actions: [
          { type: 'add_note', body: '{{ contact.custom_fields.vip }} {{ conversation.custom_fields.plan }}' },
          { type: 'set_field', field: 'plan', value: 'pro' },
        ],
      },
      [],
    ],
    ['a part of an option', { filter: condition('custom_fields.plan', 'contains', 'fr') }, []],
  ];

  it.each(CASES)('should be complete when a rule has %s', async (_kind, fields, warnings) => {
    const response = await client.post<ItemResponse<{ warnings: string[] }>>('/v1/automations', {
      ...VALID,
      ...fields,
    });
    expect(getData(response).warnings).toEqual(warnings);
  });

  it('should not exist when no custom field is defined', async () => {
    const { client: other } = await registerWorkspace();
    const filter = condition('custom_fields.plna', 'equals', 'x');
    const response = await other.post<ItemResponse<{ warnings: string[] }>>('/v1/automations', { ...VALID, filter });
    expect(getData(response).warnings).toEqual([]);
  });
});

describe('set_field', () => {
  const send = (field: string, value: unknown) =>
    client.post<ItemResponse<{ id: string; warnings: string[] }>>('/v1/automations', {
      ...VALID,
      events: ['conversation.created'],
      filter: null,
      actions: [{ type: 'set_field', field, value }],
    });

  it.each(['custom_fields.plan', 'conversation.custom_fields.plan', 'plan'])(
    'should set the custom field when it is spelt %s',
    async (field) => {
      const rule = getData(await send(field, 'pro'));
      expect(rule.warnings).toEqual([]);
      const { id } = await createConversation(client);
      const customFields = await eventually(async () => {
        const { custom_fields: fields } = getData(
          await client.get<ItemResponse<{ custom_fields: object }>>(`/v1/conversations/${id}`),
        );
        return Object.keys(fields).length > 0 ? fields : null;
      });
      expect(customFields).toEqual({ plan: 'pro' });
      await client.delete(`/v1/automations/${rule.id}`);
      expect(getError(await send(field, 'gold')).details).toMatchObject({ 'actions[0].value': expect.anything() });
    },
  );

  it('should be rejected when the field belongs to the contact', async () => {
    expect(getError(await send('contact.custom_fields.vip', true)).details).toEqual({
      'actions[0].field': [expect.stringMatching(/custom field of the conversation/)],
    });
  });
});

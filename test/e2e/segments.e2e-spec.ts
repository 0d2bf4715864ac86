import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import fc from 'fast-check';
import { makeContact } from '../factories/contact.js';
import { importContacts } from '../factories/contact-import.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Contact, Many, Named, One } from '../support/wire.js';

interface Segment {
  readonly id: string;
  readonly name: string;
  readonly members_count: number;
  readonly members_count_is_estimate: boolean;
  readonly version: number;
}

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await register();
  client = workspace.client;
});

const PRO = { field: 'custom_fields.plan', operator: 'equals', value: 'pro' };

async function makeSegment(filter: object, name = `Segment ${randomUUID()}`): Promise<Segment> {
  return dataOf(await client.post<One<Segment>>('/v1/segments', { name, filter }));
}

/** Who is in a segment by its filter, now. */
async function live(id: string): Promise<Set<string>> {
  return new Set(
    (await client.get<Many<Contact>>(`/v1/segments/${id}/contacts`, { limit: 100 })).body.data.map((one) => one.id),
  );
}

/** Who is in which segment by what contacts show of it. */
async function kept(contactId: string): Promise<string[]> {
  return dataOf(await client.get<One<{ segments: Named[] }>>(`/v1/contacts/${contactId}`)).segments.map(({ id }) => id);
}

async function moves(id: string): Promise<[string, unknown][]> {
  return (await eventsOf(client))
    .filter((event) => event.subject_id === id && /segment\.(entered|left)/.test(event.type))
    .map(({ type, data }) => [type, data.contact_id]);
}

describe('a segment', () => {
  it('should hold those who pass its filter, and tell of who comes and goes once', async () => {
    const [ada, grace] = [
      await makeContact(client, { custom_fields: { plan: 'pro' } }),
      await makeContact(client, { custom_fields: { plan: 'free' } }),
    ];
    const segment = await makeSegment(PRO);
    expect(segment).toMatchObject({ members_count: 1, members_count_is_estimate: false, version: 1 });
    await eventually(async () => expect(await kept(ada.id)).toEqual([segment.id]));
    await client.patch(`/v1/contacts/${grace.id}`, { custom_fields: { plan: 'pro' } });
    await client.patch(`/v1/contacts/${grace.id}`, { name: 'Grace' });
    await eventually(async () => expect(await kept(grace.id)).toEqual([segment.id]));
    expect(await live(segment.id)).toEqual(new Set([ada.id, grace.id]));
    expect(
      (await client.get<Many<Contact>>('/v1/contacts', { segment: segment.id, status: 'active' })).body.total,
    ).toBe(2);
    await client.delete(`/v1/contacts/${ada.id}`);
    await eventually(async () =>
      expect(await moves(segment.id)).toEqual([
        ['segment.entered', ada.id],
        ['segment.entered', grace.id],
        ['segment.left', ada.id],
      ]),
    );
    expect(dataOf(await client.get<One<Segment>>(`/v1/segments/${segment.id}`)).members_count).toBe(1);
  });

  it('should be looked at wholly when its filter changes, and take in who is imported', async () => {
    const grace = await makeContact(client, { name: 'Grace', tags: ['vip'] });
    const segment = await makeSegment({ field: 'tags', operator: 'contains', value: 'new' });
    await importContacts(client, 'email,tags\na@example.com,new\nb@example.com,new\n');
    await eventually(async () =>
      expect((await moves(segment.id)).map(([type]) => type)).toEqual(['segment.entered', 'segment.entered']),
    );
    const changed = dataOf(
      await client.patch<One<Segment>>(`/v1/segments/${segment.id}`, {
        filter: { field: 'tags', operator: 'contains', value: 'vip' },
      }),
    );
    expect(changed).toMatchObject({ version: 2, members_count: 1 });
    await eventually(async () =>
      expect((await moves(segment.id)).map(([type]) => type).sort()).toEqual([
        'segment.entered',
        'segment.entered',
        'segment.entered',
        'segment.left',
        'segment.left',
      ]),
    );
    expect(await kept(grace.id)).toEqual([segment.id]);
  });

  it('should go by behaviour and by companies', async () => {
    const company = dataOf(await client.post<One<Named>>('/v1/companies', { name: 'Acme', tags: ['small'] }));
    const [ada, grace] = [await makeContact(client), await makeContact(client, { company_id: company.id })];
    const busy = await makeSegment({
      all: [
        { field: 'events.message.created.count_7d', operator: 'greater_than', value: 1 },
        { field: 'events.message.created.last_at', operator: 'within_last', value: 3600 },
      ],
    });
    const big = await makeSegment({ field: 'company.tags', operator: 'contains', value: 'big' });
    const { id } = await makeConversation(client, { contact_id: ada.id });
    await makeMessage(client, id, { type: 'comment' });
    await client.patch(`/v1/companies/${company.id}`, { tags: ['big'] });
    await eventually(async () => expect([await kept(ada.id), await kept(grace.id)]).toEqual([[busy.id], [big.id]]));
    expect([await live(busy.id), await live(big.id)]).toEqual([new Set([ada.id]), new Set([grace.id])]);
  });

  it('should refuse filters that are none, names that are taken and versions that are old', async () => {
    const segment = await makeSegment(PRO, 'Pro');
    expect(refusalOf(await client.post('/v1/segments', { name: 'PRO', filter: PRO })).status).toBe(409);
    expect(
      refusalOf(
        await client.post('/v1/segments', {
          name: 'Bad',
          filter: { all: [{ field: 'shoe_size', operator: 'equals', value: 1 }] },
        }),
      ).details,
    ).toHaveProperty(['filter.all[0].field']);
    await client.patch(`/v1/segments/${segment.id}`, { name: 'Pro plan' });
    expect((await client.patch(`/v1/segments/${segment.id}`, { name: 'Else' }, { 'if-match': '"1"' })).status).toBe(
      412,
    );
    expect((await client.delete(`/v1/segments/${segment.id}`)).status).toBe(204);
    expect((await client.get(`/v1/segments/${segment.id}`)).status).toBe(404);
    expect((await client.get<Many<Contact>>('/v1/contacts', { segment: segment.id })).body.data).toEqual([]);
  });

  it('should not show, hold or be changed by anything of another workspace', async () => {
    await makeContact(client, { custom_fields: { plan: 'pro' } });
    const segment = await makeSegment(PRO);
    const other = await register();
    await makeContact(other.client, { custom_fields: { plan: 'pro' } });
    expect((await other.client.get(`/v1/segments/${segment.id}`)).status).toBe(404);
    expect((await other.client.get(`/v1/segments/${segment.id}/contacts`)).status).toBe(404);
    expect((await other.client.get<Many<Contact>>('/v1/contacts', { segment: segment.id })).body.data).toEqual([]);
    expect((await live(segment.id)).size).toBe(1);
  });

  it('should be the limit of an export', async () => {
    await makeContact(client, { email: 'pro@example.com', custom_fields: { plan: 'pro' } });
    await makeContact(client);
    const segment = await makeSegment(PRO);
    const { id } = dataOf(
      await client.post<One<Named>>('/v1/contacts/exports', {
        format: 'jsonl',
        segment_id: segment.id,
        fields: ['email'],
      }),
    );
    await eventually(async () =>
      expect(dataOf(await client.get<One<object>>(`/v1/contacts/exports/${id}`))).toMatchObject({
        status: 'completed',
        total: 1,
        written: 1,
      }),
    );
    expect(
      refusalOf(await client.post('/v1/contacts/exports', { format: 'csv', segment_id: randomUUID() })).status,
    ).toBe(422);
    expect(
      refusalOf(await client.post('/v1/contacts/exports', { format: 'csv', segment_id: segment.id, filter: PRO }))
        .status,
    ).toBe(400);
  });

  it('should be kept as its filter says, whatever happens', async () => {
    const act = fc.record({
      who: fc.nat(3),
      what: fc.constantFrom('plan', 'tag', 'talk', 'delete', 'restore', 'merge', 'filter'),
      value: fc.constantFrom('pro', 'free'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 15 }), async (acts) => {
        workspace = await register();
        client = workspace.client;
        const people = await Promise.all(
          [0, 1, 2, 3].map(() => makeContact(client, { custom_fields: { plan: 'pro' } })),
        );
        const segments = await Promise.all([
          makeSegment(PRO),
          makeSegment({ not: { field: 'tags', operator: 'contains', value: 'pro' } }),
          makeSegment({ field: 'events.message.created.count', operator: 'greater_than', value: 0 }),
        ]);
        for (const { who, what, value } of acts) {
          const { id } = people[who]!;
          if (what === 'plan') await client.patch(`/v1/contacts/${id}`, { custom_fields: { plan: value } });
          if (what === 'tag') await client.patch(`/v1/contacts/${id}`, { tags: [value] });
          if (what === 'talk') await client.post('/v1/conversations', { contact_id: id, message: { body: 'Hello' } });
          if (what === 'delete') await client.delete(`/v1/contacts/${id}`);
          if (what === 'restore') await client.post(`/v1/contacts/${id}/restore`);
          if (what === 'merge')
            await client.post(`/v1/contacts/${id}/merge`, { contact_ids: [people[(who + 1) % 4]!.id] });
          if (what === 'filter') await client.patch(`/v1/segments/${segments[0]!.id}`, { filter: { ...PRO, value } });
        }
        await eventually(async () => {
          const there = (await client.get<Many<Contact>>('/v1/contacts', { limit: 100 })).body.data;
          for (const segment of segments) {
            const wanted = await live(segment.id);
            const shown = await Promise.all(
              there.map(async ({ id }) => ((await kept(id)).includes(segment.id) ? [id] : [])),
            );
            expect(new Set(shown.flat())).toEqual(wanted);
            const balance = new Map<unknown, number>();
            for (const [type, id] of await moves(segment.id))
              balance.set(id, (balance.get(id) ?? 0) + (type === 'segment.entered' ? 1 : -1));
            expect(new Set([...balance].filter(([, count]) => count === 1).map(([id]) => id))).toEqual(wanted);
            expect([...balance.values()].every((count) => count === 0 || count === 1)).toBe(true);
          }
        });
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

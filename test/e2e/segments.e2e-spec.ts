import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import fc from 'fast-check';
import { createContact } from '../factories/contact.js';
import { importContacts } from '../factories/contact-import.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ListResponse, NamedRef, ItemResponse } from '../support/wire.js';

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
  workspace = await registerWorkspace();
  client = workspace.client;
});

const PRO = { field: 'custom_fields.plan', operator: 'equals', value: 'pro' };

async function createSegment(filter: object, name = `Segment ${randomUUID()}`): Promise<Segment> {
  return getData(await client.post<ItemResponse<Segment>>('/v1/segments', { name, filter }));
}

/** Current matches of the segment's filter. */
async function liveMembers(id: string): Promise<Set<string>> {
  return new Set(
    (await client.get<ListResponse<Contact>>(`/v1/segments/${id}/contacts`, { limit: 100 })).body.data.map(
      (item) => item.id,
    ),
  );
}

/** Segments in the details of a contact. */
async function storedSegments(contactId: string): Promise<string[]> {
  return getData(await client.get<ItemResponse<{ segments: NamedRef[] }>>(`/v1/contacts/${contactId}`)).segments.map(
    ({ id }) => id,
  );
}

async function membershipEvents(id: string): Promise<[string, unknown][]> {
  return (await listEvents(client))
    .filter((event) => event.subject_id === id && /segment\.(entered|left)/.test(event.type))
    .map(({ type, data }) => [type, data.contact_id]);
}

describe('segments', () => {
  it('should contain the matching contacts and emit one event per change', async () => {
    const [ada, grace] = [
      await createContact(client, { custom_fields: { plan: 'pro' } }),
      await createContact(client, { custom_fields: { plan: 'free' } }),
    ];
    const segment = await createSegment(PRO);
    expect(segment).toMatchObject({ members_count: 1, members_count_is_estimate: false, version: 1 });
    await eventually(async () => expect(await storedSegments(ada.id)).toEqual([segment.id]));
    await client.patch(`/v1/contacts/${grace.id}`, { custom_fields: { plan: 'pro' } });
    await client.patch(`/v1/contacts/${grace.id}`, { name: 'Grace' });
    await eventually(async () => expect(await storedSegments(grace.id)).toEqual([segment.id]));
    expect(await liveMembers(segment.id)).toEqual(new Set([ada.id, grace.id]));
    expect(
      (await client.get<ListResponse<Contact>>('/v1/contacts', { segment: segment.id, status: 'active' })).body.total,
    ).toBe(2);
    await client.delete(`/v1/contacts/${ada.id}`);
    await eventually(async () =>
      expect(await membershipEvents(segment.id)).toEqual([
        ['segment.entered', ada.id],
        ['segment.entered', grace.id],
        ['segment.left', ada.id],
      ]),
    );
    expect(getData(await client.get<ItemResponse<Segment>>(`/v1/segments/${segment.id}`)).members_count).toBe(1);
  });

  it('should be recomputed when the filter changes, and include imported contacts', async () => {
    const grace = await createContact(client, { name: 'Grace', tags: ['vip'] });
    const segment = await createSegment({ field: 'tags', operator: 'contains', value: 'new' });
    await importContacts(client, 'email,tags\na@example.com,new\nb@example.com,new\n');
    await eventually(async () =>
      expect((await membershipEvents(segment.id)).map(([type]) => type)).toEqual([
        'segment.entered',
        'segment.entered',
      ]),
    );
    const changed = getData(
      await client.patch<ItemResponse<Segment>>(`/v1/segments/${segment.id}`, {
        filter: { field: 'tags', operator: 'contains', value: 'vip' },
      }),
    );
    expect(changed).toMatchObject({ version: 2, members_count: 1 });
    await eventually(async () =>
      expect((await membershipEvents(segment.id)).map(([type]) => type).sort()).toEqual([
        'segment.entered',
        'segment.entered',
        'segment.entered',
        'segment.left',
        'segment.left',
      ]),
    );
    expect(await storedSegments(grace.id)).toEqual([segment.id]);
  });

  it('should react to behaviour and company changes', async () => {
    const company = getData(
      await client.post<ItemResponse<NamedRef>>('/v1/companies', { name: 'Acme', tags: ['small'] }),
    );
    const [ada, grace] = [await createContact(client), await createContact(client, { company_id: company.id })];
    const busy = await createSegment({
      all: [
        { field: 'events.message.created.count_7d', operator: 'greater_than', value: 1 },
        { field: 'events.message.created.last_at', operator: 'within_last', value: 3600 },
      ],
    });
    const big = await createSegment({ field: 'company.tags', operator: 'contains', value: 'big' });
    const { id } = await createConversation(client, { contact_id: ada.id });
    await createMessage(client, id, { type: 'comment' });
    await client.patch(`/v1/companies/${company.id}`, { tags: ['big'] });
    await eventually(async () =>
      expect([await storedSegments(ada.id), await storedSegments(grace.id)]).toEqual([[busy.id], [big.id]]),
    );
    expect([await liveMembers(busy.id), await liveMembers(big.id)]).toEqual([new Set([ada.id]), new Set([grace.id])]);
  });

  it('should be rejected with an invalid filter, a taken name or an outdated version', async () => {
    const segment = await createSegment(PRO, 'Pro');
    expect(getError(await client.post('/v1/segments', { name: 'PRO', filter: PRO })).status).toBe(409);
    expect(
      getError(
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
    expect((await client.get<ListResponse<Contact>>('/v1/contacts', { segment: segment.id })).body.data).toEqual([]);
  });

  it('should not be visible in another workspace or contain its contacts', async () => {
    await createContact(client, { custom_fields: { plan: 'pro' } });
    const segment = await createSegment(PRO);
    const other = await registerWorkspace();
    await createContact(other.client, { custom_fields: { plan: 'pro' } });
    expect((await other.client.get(`/v1/segments/${segment.id}`)).status).toBe(404);
    expect((await other.client.get(`/v1/segments/${segment.id}/contacts`)).status).toBe(404);
    expect((await other.client.get<ListResponse<Contact>>('/v1/contacts', { segment: segment.id })).body.data).toEqual(
      [],
    );
    expect((await liveMembers(segment.id)).size).toBe(1);
  });

  it('should limit an export', async () => {
    await createContact(client, { email: 'pro@example.com', custom_fields: { plan: 'pro' } });
    await createContact(client);
    const segment = await createSegment(PRO);
    const { id } = getData(
      await client.post<ItemResponse<NamedRef>>('/v1/contacts/exports', {
        format: 'jsonl',
        segment_id: segment.id,
        fields: ['email'],
      }),
    );
    await eventually(async () =>
      expect(getData(await client.get<ItemResponse<object>>(`/v1/contacts/exports/${id}`))).toMatchObject({
        status: 'completed',
        total: 1,
        written: 1,
      }),
    );
    expect(
      getError(await client.post('/v1/contacts/exports', { format: 'csv', segment_id: randomUUID() })).status,
    ).toBe(422);
    expect(
      getError(await client.post('/v1/contacts/exports', { format: 'csv', segment_id: segment.id, filter: PRO }))
        .status,
    ).toBe(400);
  });

  it('should match their filter after any sequence of changes', async () => {
    const act = fc.record({
      who: fc.nat(3),
      what: fc.constantFrom('plan', 'tag', 'talk', 'delete', 'restore', 'merge', 'filter'),
      value: fc.constantFrom('pro', 'free'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 15 }), async (contactActions) => {
        workspace = await registerWorkspace();
        client = workspace.client;
        const people = await Promise.all(
          [0, 1, 2, 3].map(() => createContact(client, { custom_fields: { plan: 'pro' } })),
        );
        const segments = await Promise.all([
          createSegment(PRO),
          createSegment({ not: { field: 'tags', operator: 'contains', value: 'pro' } }),
          createSegment({ field: 'events.message.created.count', operator: 'greater_than', value: 0 }),
        ]);
        for (const { who: contactIds, what, value } of contactActions) {
          const { id } = people[contactIds]!;
          if (what === 'plan') await client.patch(`/v1/contacts/${id}`, { custom_fields: { plan: value } });
          if (what === 'tag') await client.patch(`/v1/contacts/${id}`, { tags: [value] });
          if (what === 'talk') await client.post('/v1/conversations', { contact_id: id, message: { body: 'Hello' } });
          if (what === 'delete') await client.delete(`/v1/contacts/${id}`);
          if (what === 'restore') await client.post(`/v1/contacts/${id}/restore`);
          if (what === 'merge')
            await client.post(`/v1/contacts/${id}/merge`, { contact_ids: [people[(contactIds + 1) % 4]!.id] });
          if (what === 'filter') await client.patch(`/v1/segments/${segments[0]!.id}`, { filter: { ...PRO, value } });
        }
        await eventually(async () => {
          const isMember = (await client.get<ListResponse<Contact>>('/v1/contacts', { limit: 100 })).body.data;
          for (const segment of segments) {
            const expected = await liveMembers(segment.id);
            const shown = await Promise.all(
              isMember.map(async ({ id }) => ((await storedSegments(id)).includes(segment.id) ? [id] : [])),
            );
            expect(new Set(shown.flat())).toEqual(expected);
            const net = new Map<unknown, number>();
            for (const [type, id] of await membershipEvents(segment.id))
              net.set(id, (net.get(id) ?? 0) + (type === 'segment.entered' ? 1 : -1));
            expect(new Set([...net].filter(([, count]) => count === 1).map(([id]) => id))).toEqual(expected);
            expect([...net.values()].every((count) => count === 0 || count === 1)).toBe(true);
          }
        });
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, Conversation, LoggedEvent, ListResponse, Message, ItemResponse } from '../support/wire.js';

interface Merge {
  readonly id: string;
  readonly contact_id: string;
  readonly merged: readonly { readonly id: string; readonly name: string | null }[];
  readonly undone_at: string | null;
  readonly contact: Contact;
}

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

const uniqueEmail = (): string => `ada-${randomUUID()}@example.com`;

async function merge(target: string, ...sources: string[]): Promise<Merge> {
  return getData(
    await workspace.client.post<ItemResponse<Merge>>(`/v1/contacts/${target}/merge`, { contact_ids: sources }),
  );
}

async function undo(id: string): Promise<Merge> {
  return getData(await workspace.client.post<ItemResponse<Merge>>(`/v1/contacts/merges/${id}/undo`));
}

async function contact(id: string): Promise<Contact> {
  return getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${id}`));
}

/** State of a contact, without the fields that every update changes. */
async function snapshot(id: string): Promise<object> {
  const {
    version: _version,
    updated_at: _updated,
    ...fields
  } = (await contact(id)) as Contact & { updated_at: string };
  const conversations = (
    await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', {
      contact: id,
      order_by: 'created_at',
      limit: 100,
    })
  ).body.data;
  const messages = await Promise.all(
    conversations.map(async (item) =>
      (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${item.id}/messages`)).body.data.map(
        ({ id: messageId, author }) => [messageId, author],
      ),
    ),
  );
  const notes = (await workspace.client.get<ListResponse<{ id: string }>>(`/v1/contacts/${id}/notes`)).body.data.map(
    (note) => note.id,
  );
  return { fields, conversations: conversations.map((item) => [item.id, item.contact]), messages, notes };
}

describe('POST /v1/contacts/{id}/merge', () => {
  it('should move all data to the target contact', async () => {
    const [mail, identifier] = [uniqueEmail(), randomUUID()];
    const target = await createContact(workspace.client, {
      name: 'Ada',
      tags: ['vip'],
      custom_fields: { plan: 'pro' },
    });
    const source = await createContact(workspace.client, {
      name: 'A. Lovelace',
      email: mail,
      identifier,
      tags: ['new'],
      custom_fields: { plan: 'free', seats: 3 },
      company: 'Engines',
    });
    const conversation = await createConversation(workspace.client, { contact_id: source.id });
    await workspace.client.post(`/v1/contacts/${source.id}/notes`, { body: 'Likes tea' });
    const created = await merge(target.id, source.id);
    expect(created).toMatchObject({
      contact_id: target.id,
      merged: [{ id: source.id, name: 'A. Lovelace' }],
      undone_at: null,
    });
    expect(created.contact).toMatchObject({
      name: 'Ada',
      email: target.email,
      identifier,
      company: 'Engines',
      tags: ['vip', 'new'],
      custom_fields: { plan: 'pro', seats: 3 },
      conversation_count: 1,
    });
    expect(created.contact.emails.map(({ email }) => email)).toEqual([target.email, mail]);
    const moved = getData(
      await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`),
    );
    expect(moved.contact.id).toBe(target.id);
    expect(
      (await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${conversation.id}/messages`)).body.data[0]!
        .author.id,
    ).toBe(target.id);
    expect((await workspace.client.get<ListResponse<object>>(`/v1/contacts/${target.id}/notes`)).body.total).toBe(1);
    const timeline = (
      await workspace.client.get<ListResponse<LoggedEvent>>(`/v1/contacts/${target.id}/timeline`)
    ).body.data.map(({ type }) => type);
    expect(timeline).toEqual([
      'contact.merged',
      'contact.note_added',
      'message.created',
      'conversation.created',
      'contact.created',
      'contact.created',
    ]);
  });

  it('should lead requests for the merged contact to the target', async () => {
    const [mail, phone, identifier] = [uniqueEmail(), `+4930${randomInt(10_000_000, 99_999_999)}`, randomUUID()];
    const [target, middle] = [
      await createContact(workspace.client, { identifier: randomUUID() }),
      await createContact(workspace.client),
    ];
    const source = await createContact(workspace.client, { email: mail, phone, identifier });
    await merge(middle.id, source.id);
    await merge(target.id, middle.id);
    expect(getError(await workspace.client.get(`/v1/contacts/${source.id}`))).toMatchObject({
      status: 404,
      details: { merged_into: target.id },
    });
    expect(getError(await workspace.client.patch(`/v1/contacts/${middle.id}`, { name: 'x' }))).toMatchObject({
      status: 404,
      details: { merged_into: target.id },
    });
    for (const reference of [{ email: mail }, { phone }, { identifier }])
      expect((await createConversation(workspace.client, { contact: reference })).contact.id).toBe(target.id);
    expect((await createConversation(workspace.client, { contact_id: source.id })).contact.id).toBe(target.id);
  });

  it('should be rejected for the contact itself, unknown contacts and contacts of another workspace', async () => {
    const [target, outsider] = [await createContact(workspace.client), await createContact(other.client)];
    const call = (id: string, contactIds: string[]) =>
      workspace.client.post(`/v1/contacts/${id}/merge`, { contact_ids: contactIds });
    expect(getError(await call(target.id, [target.id]))).toMatchObject({
      status: 400,
      details: { contact_ids: expect.anything() },
    });
    expect(getError(await call(target.id, [randomUUID()])).status).toBe(422);
    expect(getError(await call(target.id, [outsider.id])).status).toBe(422);
    expect(getError(await call(outsider.id, [target.id])).status).toBe(404);
    expect(getError(await call(target.id, [])).status).toBe(400);
  });

  it('should succeed for one of two concurrent merges of the same contact', async () => {
    const [item, secondItem, expected] = [
      await createContact(workspace.client),
      await createContact(workspace.client),
      await createContact(workspace.client),
    ];
    const responses = await Promise.all(
      [item, secondItem].map(({ id }) =>
        workspace.client.post(`/v1/contacts/${id}/merge`, { contact_ids: [expected.id] }),
      ),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('should lose no conversation that is created concurrently', async () => {
    const [target, source] = [await createContact(workspace.client), await createContact(workspace.client)];
    const thread = createConversation(workspace.client, { contact_id: source.id });
    const started = Promise.all(
      Array.from({ length: 8 }, () => createConversation(workspace.client, { contact_id: source.id })),
    );
    const { id } = await thread;
    const sent = Promise.all(
      Array.from({ length: 4 }, () => createMessage(workspace.client, id, { type: 'comment', body: 'Hello?' })),
    );
    await Promise.all([merge(target.id, source.id), started, sent]);
    const { total } = (
      await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', { contact: target.id })
    ).body;
    expect([total, (await contact(target.id)).conversation_count]).toEqual([9, 9]);
    const authors = (
      await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`)
    ).body.data.map(({ author }) => author.id);
    expect(new Set(authors)).toEqual(new Set([target.id]));
  });
});

describe('POST /v1/contacts/merges/{merge_id}/undo', () => {
  it('should restore the contacts and keep later data', async () => {
    const [target, source] = [
      await createContact(workspace.client),
      await createContact(workspace.client, { tags: ['new'] }),
    ];
    const foreign = await createConversation(workspace.client, { contact_id: source.id });
    const created = await merge(target.id, source.id);
    const addedSince = await createConversation(workspace.client, { contact: { email: source.email } });
    await workspace.client.patch(`/v1/contacts/${target.id}`, { tags: ['new', 'since'], name: 'Countess' });
    const reverted = await undo(created.id);
    expect(reverted).toMatchObject({
      undone_at: expect.any(String),
      contact: { name: 'Countess', tags: ['since'], conversation_count: 1 },
    });
    expect(await contact(source.id)).toMatchObject({ email: source.email, tags: ['new'], conversation_count: 1 });
    const emailOwner = async (id: string) =>
      getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).contact.id;
    expect([await emailOwner(foreign.id), await emailOwner(addedSince.id)]).toEqual([source.id, target.id]);
    expect(getError(await workspace.client.post(`/v1/contacts/merges/${created.id}/undo`)).status).toBe(409);
    expect(
      (await workspace.client.get<ListResponse<Merge>>(`/v1/contacts/${target.id}/merges`)).body.data.map(
        ({ id }) => id,
      ),
    ).toEqual([created.id]);
    expect(
      (await listEvents(workspace.client)).find(
        ({ type, subject_id }) => type === 'contact.unmerged' && subject_id === target.id,
      )!.data,
    ).toMatchObject({ merge_id: created.id, contact_ids: [source.id] });
  });

  it('should be rejected with undo_merge_first when a later merge exists', async () => {
    const [item, secondItem, three, four] = await Promise.all(
      Array.from({ length: 4 }, () => createContact(workspace.client)),
    );
    const first = await merge(item!.id, secondItem!.id);
    const second = await merge(item!.id, three!.id);
    const third = await merge(four!.id, item!.id);
    const rejected = async (id: string) => getError(await workspace.client.post(`/v1/contacts/merges/${id}/undo`));
    expect(await rejected(first.id)).toMatchObject({ status: 422, details: { undo_merge_first: third.id } });
    await undo(third.id);
    expect(await rejected(first.id)).toMatchObject({ status: 422, details: { undo_merge_first: second.id } });
    await undo(second.id);
    await undo(first.id);
    for (const { id, email } of [item!, secondItem!, three!, four!]) expect(await contact(id)).toMatchObject({ email });
  });

  it('should not restore an e-mail or identifier that another contact uses', async () => {
    const identifier = randomUUID();
    const [target, source] = [
      await createContact(workspace.client, { identifier: randomUUID() }),
      await createContact(workspace.client, { identifier }),
    ];
    const created = await merge(target.id, source.id);
    await workspace.client.patch(`/v1/contacts/${target.id}`, { emails: [{ email: target.email }] });
    const successor = await createContact(workspace.client, { email: source.email, identifier });
    await undo(created.id);
    expect(await contact(source.id)).toMatchObject({ email: null, identifier: null });
    expect((await contact(successor.id)).email).toBe(source.email);
  });

  it('should be rejected after 30 days and for another workspace', async () => {
    const [target, source] = [await createContact(workspace.client), await createContact(workspace.client)];
    const { id } = await merge(target.id, source.id);
    expect(getError(await other.client.post(`/v1/contacts/merges/${id}/undo`)).status).toBe(404);
    await runSql(`update identity.merges set created_at = created_at - interval '31 days' where id = $1`, [id]);
    expect(getError(await workspace.client.post(`/v1/contacts/merges/${id}/undo`)).status).toBe(422);
  });

  it('should restore the original state for any merge', async () => {
    const person = fc.record({
      name: fc.option(fc.constantFrom('Ada', 'Bob'), { nil: null }),
      company: fc.option(fc.constant('Acme'), { nil: null }),
      tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
      custom_fields: fc.dictionary(fc.constantFrom('plan', 'seats'), fc.constantFrom('x', 'y', 3)),
      emails: fc.nat(3),
      phones: fc.nat(2),
      identified: fc.boolean(),
      conversations: fc.nat(2),
      notes: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 2, maxLength: 5 }), fc.boolean(), async (people, sequential) => {
        const ids: string[] = [];
        for (const { emails, phones, identified, conversations, notes, ...fields } of people) {
          const addresses = {
            emails: Array.from({ length: emails }, () => ({ email: uniqueEmail() })),
            phones: Array.from({ length: phones }, () => ({ phone: `+4930${randomInt(10_000_000, 99_999_999)}` })),
          };
          const created = await createContact(workspace.client, {
            ...fields,
            ...addresses,
            email: undefined,
            identifier: identified ? randomUUID() : null,
          });
          for (let remaining = conversations; remaining > 0; remaining -= 1)
            await createConversation(workspace.client, { contact_id: created.id });
          for (let remaining = notes; remaining > 0; remaining -= 1)
            await workspace.client.post(`/v1/contacts/${created.id}/notes`, { body: 'Likes tea' });
          ids.push(created.id);
        }
        const before = await Promise.all(ids.map(snapshot));
        const [target, ...sources] = ids as [string, ...string[]];
        const merges = sequential ? [] : [await merge(target, ...sources)];
        if (sequential) for (const source of sources) merges.push(await merge(target, source));
        for (const { id } of merges.reverse()) await undo(id);
        expect(await Promise.all(ids.map(snapshot))).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });
});

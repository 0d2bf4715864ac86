import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { makeContact } from '../factories/contact.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { eventsOf } from '../support/event-log.js';
import type { Contact, Conversation, LoggedEvent, Many, Message, One } from '../support/wire.js';

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
  [workspace, other] = await Promise.all([register(), register()]);
});

const fresh = (): string => `ada-${randomUUID()}@example.com`;

async function merge(target: string, ...sources: string[]): Promise<Merge> {
  return dataOf(await workspace.client.post<One<Merge>>(`/v1/contacts/${target}/merge`, { contact_ids: sources }));
}

async function undo(id: string): Promise<Merge> {
  return dataOf(await workspace.client.post<One<Merge>>(`/v1/contacts/merges/${id}/undo`));
}

async function contact(id: string): Promise<Contact> {
  return dataOf(await workspace.client.get<One<Contact>>(`/v1/contacts/${id}`));
}

/** All that a contact has, without what every change moves on. */
async function everythingOf(id: string): Promise<object> {
  const {
    version: _version,
    updated_at: _updated,
    ...fields
  } = (await contact(id)) as Contact & { updated_at: string };
  const conversations = (
    await workspace.client.get<Many<Conversation>>('/v1/conversations', {
      contact: id,
      order_by: 'created_at',
      limit: 100,
    })
  ).body.data;
  const messages = await Promise.all(
    conversations.map(async (one) =>
      (await workspace.client.get<Many<Message>>(`/v1/conversations/${one.id}/messages`)).body.data.map(
        ({ id: messageId, author }) => [messageId, author],
      ),
    ),
  );
  const notes = (await workspace.client.get<Many<{ id: string }>>(`/v1/contacts/${id}/notes`)).body.data.map(
    (note) => note.id,
  );
  return { fields, conversations: conversations.map((one) => [one.id, one.contact]), messages, notes };
}

describe('merging contacts', () => {
  it('should give all they have to one of them', async () => {
    const [mail, identifier] = [fresh(), randomUUID()];
    const target = await makeContact(workspace.client, { name: 'Ada', tags: ['vip'], custom_fields: { plan: 'pro' } });
    const source = await makeContact(workspace.client, {
      name: 'A. Lovelace',
      email: mail,
      identifier,
      tags: ['new'],
      custom_fields: { plan: 'free', seats: 3 },
      company: 'Engines',
    });
    const conversation = await makeConversation(workspace.client, { contact_id: source.id });
    await workspace.client.post(`/v1/contacts/${source.id}/notes`, { body: 'Likes tea' });
    const made = await merge(target.id, source.id);
    expect(made).toMatchObject({
      contact_id: target.id,
      merged: [{ id: source.id, name: 'A. Lovelace' }],
      undone_at: null,
    });
    expect(made.contact).toMatchObject({
      name: 'Ada',
      email: target.email,
      identifier,
      company: 'Engines',
      tags: ['vip', 'new'],
      custom_fields: { plan: 'pro', seats: 3 },
      conversation_count: 1,
    });
    expect(made.contact.emails.map(({ email }) => email)).toEqual([target.email, mail]);
    const moved = dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${conversation.id}`));
    expect(moved.contact.id).toBe(target.id);
    expect(
      (await workspace.client.get<Many<Message>>(`/v1/conversations/${conversation.id}/messages`)).body.data[0]!.author
        .id,
    ).toBe(target.id);
    expect((await workspace.client.get<Many<object>>(`/v1/contacts/${target.id}/notes`)).body.total).toBe(1);
    const timeline = (
      await workspace.client.get<Many<LoggedEvent>>(`/v1/contacts/${target.id}/timeline`)
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

  it('should lead who asks for a merged contact to the other', async () => {
    const [mail, phone, identifier] = [fresh(), `+4930${randomInt(10_000_000, 99_999_999)}`, randomUUID()];
    const [target, middle] = [
      await makeContact(workspace.client, { identifier: randomUUID() }),
      await makeContact(workspace.client),
    ];
    const source = await makeContact(workspace.client, { email: mail, phone, identifier });
    await merge(middle.id, source.id);
    await merge(target.id, middle.id);
    expect(refusalOf(await workspace.client.get(`/v1/contacts/${source.id}`))).toMatchObject({
      status: 404,
      details: { merged_into: target.id },
    });
    expect(refusalOf(await workspace.client.patch(`/v1/contacts/${middle.id}`, { name: 'x' }))).toMatchObject({
      status: 404,
      details: { merged_into: target.id },
    });
    for (const reference of [{ email: mail }, { phone }, { identifier }])
      expect((await makeConversation(workspace.client, { contact: reference })).contact.id).toBe(target.id);
    expect((await makeConversation(workspace.client, { contact_id: source.id })).contact.id).toBe(target.id);
  });

  it('should refuse itself, who is not there, and contacts of another workspace', async () => {
    const [target, stranger] = [await makeContact(workspace.client), await makeContact(other.client)];
    const call = (id: string, contactIds: string[]) =>
      workspace.client.post(`/v1/contacts/${id}/merge`, { contact_ids: contactIds });
    expect(refusalOf(await call(target.id, [target.id]))).toMatchObject({
      status: 400,
      details: { contact_ids: expect.anything() },
    });
    expect(refusalOf(await call(target.id, [randomUUID()])).status).toBe(422);
    expect(refusalOf(await call(target.id, [stranger.id])).status).toBe(422);
    expect(refusalOf(await call(stranger.id, [target.id])).status).toBe(404);
    expect(refusalOf(await call(target.id, [])).status).toBe(400);
  });

  it('should go well when two want the same contact at once', async () => {
    const [one, two, wanted] = [
      await makeContact(workspace.client),
      await makeContact(workspace.client),
      await makeContact(workspace.client),
    ];
    const answers = await Promise.all(
      [one, two].map(({ id }) => workspace.client.post(`/v1/contacts/${id}/merge`, { contact_ids: [wanted.id] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('should lose no conversation that begins meanwhile', async () => {
    const [target, source] = [await makeContact(workspace.client), await makeContact(workspace.client)];
    const talk = makeConversation(workspace.client, { contact_id: source.id });
    const begun = Promise.all(
      Array.from({ length: 8 }, () => makeConversation(workspace.client, { contact_id: source.id })),
    );
    const { id } = await talk;
    const said = Promise.all(
      Array.from({ length: 4 }, () => makeMessage(workspace.client, id, { type: 'comment', body: 'Hello?' })),
    );
    await Promise.all([merge(target.id, source.id), begun, said]);
    const { total } = (await workspace.client.get<Many<Conversation>>('/v1/conversations', { contact: target.id }))
      .body;
    expect([total, (await contact(target.id)).conversation_count]).toEqual([9, 9]);
    const authors = (await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`)).body.data.map(
      ({ author }) => author.id,
    );
    expect(new Set(authors)).toEqual(new Set([target.id]));
  });
});

describe('undoing a merge', () => {
  it('should bring the contacts back and leave what came since', async () => {
    const [target, source] = [
      await makeContact(workspace.client),
      await makeContact(workspace.client, { tags: ['new'] }),
    ];
    const theirs = await makeConversation(workspace.client, { contact_id: source.id });
    const made = await merge(target.id, source.id);
    const since = await makeConversation(workspace.client, { contact: { email: source.email } });
    await workspace.client.patch(`/v1/contacts/${target.id}`, { tags: ['new', 'since'], name: 'Countess' });
    const undone = await undo(made.id);
    expect(undone).toMatchObject({
      undone_at: expect.any(String),
      contact: { name: 'Countess', tags: ['since'], conversation_count: 1 },
    });
    expect(await contact(source.id)).toMatchObject({ email: source.email, tags: ['new'], conversation_count: 1 });
    const holder = async (id: string) =>
      dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`)).contact.id;
    expect([await holder(theirs.id), await holder(since.id)]).toEqual([source.id, target.id]);
    expect(refusalOf(await workspace.client.post(`/v1/contacts/merges/${made.id}/undo`)).status).toBe(409);
    expect(
      (await workspace.client.get<Many<Merge>>(`/v1/contacts/${target.id}/merges`)).body.data.map(({ id }) => id),
    ).toEqual([made.id]);
    expect(
      (await eventsOf(workspace.client)).find(
        ({ type, subject_id }) => type === 'contact.unmerged' && subject_id === target.id,
      )!.data,
    ).toMatchObject({ merge_id: made.id, contact_ids: [source.id] });
  });

  it('should go from the last merge to the first, and say so', async () => {
    const [one, two, three, four] = await Promise.all(Array.from({ length: 4 }, () => makeContact(workspace.client)));
    const first = await merge(one!.id, two!.id);
    const second = await merge(one!.id, three!.id);
    const third = await merge(four!.id, one!.id);
    const refused = async (id: string) => refusalOf(await workspace.client.post(`/v1/contacts/merges/${id}/undo`));
    expect(await refused(first.id)).toMatchObject({ status: 422, details: { undo_first: third.id } });
    await undo(third.id);
    expect(await refused(first.id)).toMatchObject({ status: 422, details: { undo_first: second.id } });
    await undo(second.id);
    await undo(first.id);
    for (const { id, email } of [one!, two!, three!, four!]) expect(await contact(id)).toMatchObject({ email });
  });

  it("should not take an e-mail or identifier back that is another's by now", async () => {
    const identifier = randomUUID();
    const [target, source] = [
      await makeContact(workspace.client, { identifier: randomUUID() }),
      await makeContact(workspace.client, { identifier }),
    ];
    const made = await merge(target.id, source.id);
    await workspace.client.patch(`/v1/contacts/${target.id}`, { emails: [{ email: target.email }] });
    const heir = await makeContact(workspace.client, { email: source.email, identifier });
    await undo(made.id);
    expect(await contact(source.id)).toMatchObject({ email: null, identifier: null });
    expect((await contact(heir.id)).email).toBe(source.email);
  });

  it('should be too late after 30 days, and not for another workspace', async () => {
    const [target, source] = [await makeContact(workspace.client), await makeContact(workspace.client)];
    const { id } = await merge(target.id, source.id);
    expect(refusalOf(await other.client.post(`/v1/contacts/merges/${id}/undo`)).status).toBe(404);
    await runSql(`update identity.merges set created_at = created_at - interval '31 days' where id = $1`, [id]);
    expect(refusalOf(await workspace.client.post(`/v1/contacts/merges/${id}/undo`)).status).toBe(422);
  });

  it('should leave everything as it was before, whoever was merged', async () => {
    const someone = fc.record({
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
      fc.asyncProperty(fc.array(someone, { minLength: 2, maxLength: 5 }), fc.boolean(), async (people, oneByOne) => {
        const ids: string[] = [];
        for (const { emails, phones, identified, conversations, notes, ...fields } of people) {
          const addresses = {
            emails: Array.from({ length: emails }, () => ({ email: fresh() })),
            phones: Array.from({ length: phones }, () => ({ phone: `+4930${randomInt(10_000_000, 99_999_999)}` })),
          };
          const made = await makeContact(workspace.client, {
            ...fields,
            ...addresses,
            email: undefined,
            identifier: identified ? randomUUID() : null,
          });
          for (let left = conversations; left > 0; left -= 1)
            await makeConversation(workspace.client, { contact_id: made.id });
          for (let left = notes; left > 0; left -= 1)
            await workspace.client.post(`/v1/contacts/${made.id}/notes`, { body: 'Likes tea' });
          ids.push(made.id);
        }
        const before = await Promise.all(ids.map(everythingOf));
        const [target, ...sources] = ids as [string, ...string[]];
        const merges = oneByOne ? [] : [await merge(target, ...sources)];
        if (oneByOne) for (const source of sources) merges.push(await merge(target, source));
        for (const { id } of merges.reverse()) await undo(id);
        expect(await Promise.all(ids.map(everythingOf))).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });
});

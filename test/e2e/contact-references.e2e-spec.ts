import { randomInt, randomUUID } from 'node:crypto';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { apiKey, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { Contact, Many, One } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

const fresh = (): string => `ada-${randomUUID()}@example.com`;

function begin(contact: object, client = workspace.client): ReturnType<typeof client.post> {
  return client.post('/v1/conversations', { contact, message: { type: 'comment', body: 'Hello' } });
}

async function contact(id: string): Promise<Contact> {
  return dataOf(await workspace.client.get<One<Contact>>(`/v1/contacts/${id}`));
}

describe('whom a conversation is with', () => {
  it('should not be somebody with another identifier, whose e-mail it is', async () => {
    const known = await makeContact(workspace.client, {
      identifier: randomUUID(),
      emails: [{ email: fresh() }, { email: fresh() }],
      email: undefined,
    });
    for (const { email } of known.emails) {
      expect(refusalOf(await begin({ identifier: randomUUID(), email: email.toUpperCase() }))).toMatchObject({
        status: 409,
        details: { field: 'contact.email', id: known.id },
      });
    }
    expect(await contact(known.id)).toMatchObject({ conversation_count: 0, version: 1 });
  });

  it('should be somebody without an identifier, whose e-mail it is, and who has the identifier from then on', async () => {
    const [known, identifier] = [await makeContact(workspace.client), randomUUID()];
    expect((await makeConversation(workspace.client, { contact: { identifier, email: known.email } })).contact.id).toBe(
      known.id,
    );
    expect((await contact(known.id)).identifier).toBe(identifier);
    expect((await makeConversation(workspace.client, { contact: { identifier, email: known.email } })).contact.id).toBe(
      known.id,
    );
  });

  it('should be a new contact when only the telephone is shared with somebody with another identifier', async () => {
    const phone = `+4930${randomInt(10_000_000, 99_999_999)}`;
    const known = await makeContact(workspace.client, { identifier: randomUUID(), phone });
    const identifier = randomUUID();
    const begun = await makeConversation(workspace.client, { contact: { identifier, phone } });
    expect(begun.contact.id).not.toBe(known.id);
    expect(await contact(begun.contact.id)).toMatchObject({ identifier, phone: null });
  });

  it("should name the e-mail when the identifier is another's", async () => {
    const [one, two] = [
      await makeContact(workspace.client, { identifier: randomUUID(), email: null }),
      await makeContact(workspace.client),
    ];
    expect(refusalOf(await begin({ identifier: one.identifier, email: two.email }))).toMatchObject({
      status: 409,
      details: { field: 'contact.email', id: two.id },
    });
  });

  it('should not be named by an id that is gone with the refusal', async () => {
    const [email, known] = [fresh(), await makeContact(workspace.client)];
    for (const blocked of [email, known.email]) await workspace.client.post('/v1/blocked-visitors', { email: blocked });
    const before = (await workspace.client.get<Many<Contact>>('/v1/contacts')).body.total;
    const refusal = refusalOf(await begin({ email: email.toUpperCase() }));
    expect(refusal).toMatchObject({ status: 403, message: 'This contact is blocked' });
    expect(refusal.details).toEqual({});
    expect((await workspace.client.get<Many<Contact>>('/v1/contacts')).body.total).toBe(before);
    expect(
      refusalOf(
        await workspace.client.post('/v1/conversations', {
          contact_id: known.id,
          message: { type: 'comment', body: 'Hello' },
        }),
      ).details,
    ).toEqual({ contact_id: known.id });
  });

  it('should not be said to be anybody by an identifier that is free and an e-mail that is not', async () => {
    const known = await makeContact(workspace.client, { identifier: randomUUID() });
    const { id } = await makeContact(workspace.client, { email: null });
    expect(
      refusalOf(
        await workspace.client.post(`/v1/contacts/${id}/identify`, { identifier: randomUUID(), email: known.email }),
      ),
    ).toMatchObject({ status: 409, details: { field: 'email', id: known.id } });
    const own = await makeContact(workspace.client, { identifier: randomUUID() });
    expect(
      dataOf(
        await workspace.client.post<One<Contact>>(`/v1/contacts/${own.id}/identify`, {
          identifier: 'c-new',
          email: own.email,
        }),
      ),
    ).toMatchObject({ id: own.id, identifier: 'c-new' });
  });
});

describe('the refusal of what another contact has', () => {
  it('should say who that is to those who may read contacts', async () => {
    const phone = `+4930${randomInt(10_000_000, 99_999_999)}`;
    const owner = await makeContact(workspace.client, {
      identifier: randomUUID(),
      phone,
      emails: [{ email: fresh() }, { email: fresh() }],
      email: undefined,
    });
    const another = await makeContact(workspace.client);
    for (const [field, fields] of [
      ['identifier', { identifier: owner.identifier }],
      ['email', { email: owner.emails[1]!.email }],
      ['email', { emails: [{ email: another.email }, { email: owner.email }] }],
      ['phone', { phone }],
      ['phone', { phones: [{ phone }] }],
    ] as const) {
      const taken = { status: 409, details: { field, id: owner.id } };
      expect(refusalOf(await workspace.client.patch(`/v1/contacts/${another.id}`, fields))).toMatchObject(taken);
      expect(
        refusalOf(await workspace.client.post('/v1/contacts', fields, { 'idempotency-key': randomUUID() })).status,
      ).toBe(409);
    }
    expect(
      refusalOf(
        await workspace.client.post('/v1/contacts', { email: owner.email }, { 'idempotency-key': randomUUID() }),
      ).details,
    ).toEqual({ field: 'email', id: owner.id });
  });

  it('should not say so to others', async () => {
    const known = await makeContact(workspace.client, { identifier: randomUUID() });
    const { client } = await apiKey(workspace, ['conversations:write']);
    expect(refusalOf(await begin({ identifier: randomUUID(), email: known.email }, client)).details).toEqual({
      field: 'contact.email',
    });
  });
});

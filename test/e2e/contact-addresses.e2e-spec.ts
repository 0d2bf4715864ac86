import { randomInt, randomUUID } from 'node:crypto';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import type { Contact, Many, One } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

function fresh(): string {
  return `ada-${randomUUID()}@example.com`;
}

function freshPhone(): string {
  return `+4930${randomInt(10_000_000, 99_999_999)}`;
}

async function patch(id: string, fields: object): Promise<Contact> {
  return dataOf(await workspace.client.patch<One<Contact>>(`/v1/contacts/${id}`, fields));
}

describe('e-mails of a contact', () => {
  it('should be kept with one primary, and lead to the contact', async () => {
    const [first, second] = [fresh(), fresh()];
    const { id, email, emails } = await makeContact(workspace.client, {
      email: undefined,
      emails: [{ email: first }, { email: second, primary: true }],
    });
    expect({ email, emails }).toEqual({
      email: second,
      emails: [
        { email: second, primary: true },
        { email: first, primary: false },
      ],
    });
    for (const address of [first, second.toUpperCase()]) {
      expect(
        (await workspace.client.get<Many<Contact>>('/v1/contacts', { email: address })).body.data.map(
          (found) => found.id,
        ),
      ).toEqual([id]);
      expect((await makeConversation(workspace.client, { contact: { email: address } })).contact.id).toBe(id);
    }
    expect((await other.client.get<Many<Contact>>('/v1/contacts', { email: first })).body.data).toEqual([]);
  });

  it('should belong to one contact only, whichever of them it is', async () => {
    const [first, second] = [fresh(), fresh()];
    const owner = await makeContact(workspace.client, { email: first, emails: [{ email: second }] });
    expect(owner.emails.map(({ email }) => email)).toEqual([first, second]);
    const taken = { status: 409, details: { field: 'email' } };
    expect(refusalOf(await workspace.client.post('/v1/contacts', { email: second }))).toMatchObject(taken);
    expect(
      refusalOf(
        await workspace.client.post('/v1/contacts', { email: fresh(), emails: [{ email: first.toUpperCase() }] }),
      ),
    ).toMatchObject(taken);
    const another = await makeContact(workspace.client);
    expect(
      refusalOf(
        await workspace.client.patch(`/v1/contacts/${another.id}`, {
          emails: [{ email: another.email }, { email: second }],
        }),
      ),
    ).toMatchObject(taken);
    await patch(owner.id, { emails: [{ email: first }] });
    expect((await patch(another.id, { email: second })).email).toBe(second);
    await workspace.client.delete(`/v1/contacts/${owner.id}`);
    expect((await patch(another.id, { emails: [{ email: second }, { email: first }] })).emails).toHaveLength(2);
  });

  it('should refuse two primaries, and what is no e-mail', async () => {
    const two = await workspace.client.post('/v1/contacts', {
      emails: [
        { email: fresh(), primary: true },
        { email: fresh(), primary: true },
      ],
    });
    expect(refusalOf(two)).toMatchObject({ status: 400, details: { emails: expect.anything() } });
    expect(
      refusalOf(await workspace.client.post('/v1/contacts', { emails: [{ email: 'nobody' }] })).details,
    ).toHaveProperty(['emails[0].email']);
  });

  it('should go to one of many contacts that claim it at once', async () => {
    const shared = fresh();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        workspace.client.post('/v1/contacts', { email: fresh(), emails: [{ email: shared }] }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('telephone numbers of a contact', () => {
  it('should be kept in the form E.164, and lead to the contact', async () => {
    const phone = freshPhone();
    const written = `${phone.slice(0, 3)} (${phone.slice(3, 5)}) ${phone.slice(5)}`;
    const made = await makeContact(workspace.client, { phone: written });
    expect(made).toMatchObject({ phone, phones: [{ phone, primary: true }] });
    expect((await makeConversation(workspace.client, { contact: { phone: written, name: 'Ada' } })).contact.id).toBe(
      made.id,
    );
    expect(refusalOf(await workspace.client.post('/v1/contacts', { phones: [{ phone: written }] }))).toMatchObject({
      status: 409,
      details: { field: 'phone' },
    });
    expect((await makeContact(other.client, { phone })).phone).toBe(phone);
  });

  it('should make one contact of many conversations that come at once with one number', async () => {
    const phone = freshPhone();
    const begun = await Promise.all(
      Array.from({ length: 6 }, () => makeConversation(workspace.client, { contact: { phone } })),
    );
    expect(new Set(begun.map(({ contact }) => contact.id)).size).toBe(1);
  });

  it('should not be taken from another contact by what is said of a known one', async () => {
    const phone = freshPhone();
    const [owner, known] = [await makeContact(workspace.client, { phone }), await makeContact(workspace.client)];
    expect((await makeConversation(workspace.client, { contact: { email: known.email, phone } })).contact.id).toBe(
      known.id,
    );
    expect(dataOf(await workspace.client.get<One<Contact>>(`/v1/contacts/${known.id}`)).phone).toBeNull();
    expect(dataOf(await workspace.client.get<One<Contact>>(`/v1/contacts/${owner.id}`)).phone).toBe(phone);
  });

  it('should be taken in the national form of the country that is set', async () => {
    const { client, id } = await register();
    await client.patch(`/v1/organizations/${id}`, { settings: { default_country: 'DE' } });
    expect((await makeContact(client, { phone: '030 123456' })).phone).toBe('+4930123456');
    expect((await makeConversation(client, { contact: { phone: '030/12 34 56' } })).contact.email).not.toBeNull();
  });

  it('should be taken as they are in the international form, also outside of every numbering plan', async () => {
    expect((await makeContact(workspace.client, { name: 'Jane Smith', phone: '+1987654321' })).phone).toBe(
      '+1987654321',
    );
    expect(
      (await workspace.client.get<Many<Contact>>('/v1/contacts', { phone: '+1 98765-4321' })).body.data,
    ).toHaveLength(1);
  });

  it.each(['030 123456', '12', '+1 415', '+0123456789', 'call me'])(
    'should refuse %s, and name the field',
    async (phone) => {
      expect(refusalOf(await workspace.client.post('/v1/contacts', { phone }))).toMatchObject({
        status: 400,
        details: { phone: expect.anything() },
      });
      expect(refusalOf(await workspace.client.post('/v1/contacts', { phones: [{ phone }] })).details).toHaveProperty([
        'phones[0].phone',
      ]);
      expect(
        refusalOf(await workspace.client.post('/v1/conversations', { contact: { phone } })).details,
      ).toHaveProperty(['contact.phone']);
    },
  );
});

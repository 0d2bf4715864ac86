import { randomInt, randomUUID } from 'node:crypto';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

function uniqueEmail(): string {
  return `ada-${randomUUID()}@example.com`;
}

function uniquePhone(): string {
  return `+4930${randomInt(10_000_000, 99_999_999)}`;
}

async function patch(id: string, fields: object): Promise<Contact> {
  return getData(await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${id}`, fields));
}

describe('e-mails of a contact', () => {
  it('should have one primary address and lead to the contact', async () => {
    const [first, second] = [uniqueEmail(), uniqueEmail()];
    const { id, email, emails } = await createContact(workspace.client, {
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
        (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { email: address })).body.data.map(
          (found) => found.id,
        ),
      ).toEqual([id]);
      expect((await createConversation(workspace.client, { contact: { email: address } })).contact.id).toBe(id);
    }
    expect((await other.client.get<ListResponse<Contact>>('/v1/contacts', { email: first })).body.data).toEqual([]);
  });

  it('should belong to one contact only', async () => {
    const [first, second] = [uniqueEmail(), uniqueEmail()];
    const owner = await createContact(workspace.client, { email: first, emails: [{ email: second }] });
    expect(owner.emails.map(({ email }) => email)).toEqual([first, second]);
    const inUse = { status: 409, details: { field: 'email' } };
    expect(getError(await workspace.client.post('/v1/contacts', { email: second }))).toMatchObject(inUse);
    expect(
      getError(
        await workspace.client.post('/v1/contacts', { email: uniqueEmail(), emails: [{ email: first.toUpperCase() }] }),
      ),
    ).toMatchObject(inUse);
    const another = await createContact(workspace.client);
    expect(
      getError(
        await workspace.client.patch(`/v1/contacts/${another.id}`, {
          emails: [{ email: another.email }, { email: second }],
        }),
      ),
    ).toMatchObject(inUse);
    await patch(owner.id, { emails: [{ email: first }] });
    expect((await patch(another.id, { email: second })).email).toBe(second);
    await workspace.client.delete(`/v1/contacts/${owner.id}`);
    expect((await patch(another.id, { emails: [{ email: second }, { email: first }] })).emails).toHaveLength(2);
  });

  it.each([
    ['ascii letters', 'Ada', 'ada', 'x.example', 'X.EXAMPLE'],
    ['composed and combining characters', 'jos\u00e9', 'jose\u0301', 'x.example', 'x.example'],
    ['forms of an international domain', 'ada', 'ada', 'm\u00fcller.example', 'xn--mller-kva.example'],
    ['invisible characters', 'ada', '\u202aa\u200bda', 'x.example', 'x.exam\u00adple\ufeff'],
    ['blanks', 'ada', '  ada', 'x.example', 'x.example\t'],
  ])(
    'should belong to one contact when they differ in %s',
    async (_name, firstLocal, secondLocal, firstHost, secondHost) => {
      const { client } = await registerWorkspace();
      const [first, second] = [`${firstLocal}@${firstHost}`, `${secondLocal}@${secondHost}`];
      const { id } = await createContact(client, { email: first });
      expect(getError(await client.post('/v1/contacts', { email: second }))).toMatchObject({ status: 409 });
      expect(getError(await client.post('/v1/contacts', { emails: [{ email: second }] }))).toMatchObject({
        status: 409,
      });
      expect((await createConversation(client, { contact: { email: second } })).contact.id).toBe(id);
      expect((await client.get<ListResponse<Contact>>('/v1/contacts', { email: second })).body.data).toMatchObject([
        { id },
      ]);
      expect((await client.get<ListResponse<Contact>>('/v1/contacts', { q: first })).body.data).toMatchObject([{ id }]);
      expect((await client.get<{ data: unknown }>('/v1/search', { q: first, type: 'contact' })).body).toMatchObject({
        data: { contacts: [{ id }] },
      });
      expect(getError(await client.post('/v1/auth/login', { email: second, password: 'x' })).status).toBe(401);
    },
  );

  it.each([
    ['kurt@x.example', '\u212aurt@x.example'],
    ['ida@x.example', '\u0130da@x.example'],
    ['\u00e4da@x.example', '\u00c4da@x.example'],
    ['ada@x.example', '\uff41da@x.example'],
  ])('should belong to two contacts when they are %s and %s', async (first, second) => {
    const { client } = await registerWorkspace();
    const ids = [
      (await createContact(client, { email: first })).id,
      (await createContact(client, { email: second })).id,
    ];
    expect(new Set(ids).size).toBe(2);
    for (const [index, email] of [first, second].entries())
      expect((await client.get<ListResponse<Contact>>('/v1/contacts', { email })).body.data).toMatchObject([
        { id: ids[index] },
      ]);
  });

  it.each(['taro..yamada@docomo.ne.jp', 'taro.@ezweb.ne.jp', ' ada@example.com ', 'ada+x@example.com'])(
    'should be accepted when the address is %j',
    async (email) => {
      const { client } = await registerWorkspace();
      expect((await createContact(client, { email })).email).toBe(email.trim());
    },
  );

  it.each(['ada', '@example.com', '.@example.com', 'ada@', 'a da@example.com', 'ada@ex ample.com', '\u200b'])(
    'should be rejected when the address is %j',
    async (email) => {
      expect(getError(await workspace.client.post('/v1/contacts', { email })).details).toHaveProperty(['email']);
    },
  );

  it('should be rejected for sign-in when their capital letters are not ASCII', async () => {
    const login = { email: '\u212aurt@example.com', password: 'x' };
    expect(getError(await workspace.client.post('/v1/auth/login', login))).toMatchObject({
      status: 400,
      details: { email: expect.anything() },
    });
  });

  it('should be rejected with two primary addresses or an invalid address', async () => {
    const secondItem = await workspace.client.post('/v1/contacts', {
      emails: [
        { email: uniqueEmail(), primary: true },
        { email: uniqueEmail(), primary: true },
      ],
    });
    expect(getError(secondItem)).toMatchObject({ status: 400, details: { emails: expect.anything() } });
    expect(
      getError(await workspace.client.post('/v1/contacts', { emails: [{ email: 'nobody' }] })).details,
    ).toHaveProperty(['emails[0].email']);
  });

  it('should be given to one contact only when many requests claim them concurrently', async () => {
    const shared = uniqueEmail();
    const responses = await Promise.all(
      Array.from({ length: 6 }, () =>
        workspace.client.post('/v1/contacts', { email: uniqueEmail(), emails: [{ email: shared }] }),
      ),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('phone numbers of a contact', () => {
  it('should be stored in E.164 format and lead to the contact', async () => {
    const phone = uniquePhone();
    const formatted = `${phone.slice(0, 3)} (${phone.slice(3, 5)}) ${phone.slice(5)}`;
    const created = await createContact(workspace.client, { phone: formatted });
    expect(created).toMatchObject({ phone, phones: [{ phone, valid: true, primary: true }] });
    expect(
      (await createConversation(workspace.client, { contact: { phone: formatted, name: 'Ada' } })).contact.id,
    ).toBe(created.id);
    expect((await createContact(other.client, { phone })).phone).toBe(phone);
  });

  it('should resolve to one contact when many conversations with one number are created concurrently', async () => {
    const phone = uniquePhone();
    const started = await Promise.all(
      Array.from({ length: 6 }, () => createConversation(workspace.client, { contact: { phone } })),
    );
    expect(new Set(started.map(({ contact }) => contact.id)).size).toBe(1);
  });

  it('should be shared when a reference to an existing contact contains the number of another contact', async () => {
    const phone = uniquePhone();
    const [owner, existing] = [await createContact(workspace.client, { phone }), await createContact(workspace.client)];
    expect((await createConversation(workspace.client, { contact: { email: existing.email, phone } })).contact.id).toBe(
      existing.id,
    );
    expect(getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${existing.id}`)).phone).toBe(phone);
    expect(getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${owner.id}`)).phone).toBe(phone);
  });

  it('should find a contact when exactly one contact has the number as its primary number', async () => {
    const { client } = await registerWorkspace();
    const phone = uniquePhone();
    const contactIdOf = async (contact: object): Promise<string> =>
      (await createConversation(client, { contact: contact as never })).contact.id;
    const anna = await createContact(client, { email: undefined, name: 'Anna', phone });
    const ben = await createContact(client, {
      email: undefined,
      name: 'Ben',
      phones: [{ phone: uniquePhone() }, { phone }],
    });
    expect(await contactIdOf({ phone })).toBe(anna.id);
    const carl = await createContact(client, { email: undefined, name: 'Carl', phone });
    expect([anna.id, ben.id, carl.id]).not.toContain(await contactIdOf({ phone, name: 'Dora' }));
    const listed = (await client.get<ListResponse<Contact>>('/v1/contacts', { phone })).body;
    expect(listed.total).toBe(4);
    const contact_ids = listed.data.map(({ id }) => id).filter((id) => id !== anna.id && id !== ben.id);
    await client.post(`/v1/contacts/${anna.id}/merge`, { contact_ids });
    const [merge] = (await client.get<ListResponse<{ id: string }>>(`/v1/contacts/${anna.id}/merges`)).body.data;
    expect(await contactIdOf({ phone })).toBe(anna.id);
    getData(await client.post<ItemResponse<unknown>>(`/v1/contacts/merges/${merge!.id}/undo`));
    expect((await client.get<ListResponse<Contact>>('/v1/contacts', { phone })).body.total).toBe(4);
    expect(await contactIdOf({ phone })).not.toBe(anna.id);
  });

  it('should not find a contact with another e-mail or identifier when they are given', async () => {
    const { client } = await registerWorkspace();
    const phone = uniquePhone();
    const mother = await createContact(client, { identifier: 'mother', phone });
    const { contact } = await createConversation(client, { contact: { email: uniqueEmail(), phone } });
    expect(contact.id).not.toBe(mother.id);
    expect((await client.get<ListResponse<Contact>>('/v1/contacts', { phone })).body.total).toBe(2);
  });

  it('should have their extension and validity when they are returned', async () => {
    const { client } = await registerWorkspace();
    const input = { email: undefined, phones: [{ phone: 'tel:+1-415-555-0123;ext=12' }, { phone: '+1987654321' }] };
    expect((await createContact(client, input)).phones).toEqual([
      { phone: '+14155550123;ext=12', valid: true, primary: true },
      { phone: '+1987654321', valid: false, primary: false },
    ]);
  });

  it('should be accepted in the national format of the default country', async () => {
    const { client, id } = await registerWorkspace();
    await client.patch(`/v1/organizations/${id}`, { settings: { default_country: 'DE' } });
    expect((await createContact(client, { phone: '030 123456' })).phone).toBe('+4930123456');
    expect((await createConversation(client, { contact: { phone: '030/12 34 56' } })).contact.email).not.toBeNull();
  });

  it('should be accepted in international format when they are outside of any numbering plan', async () => {
    expect((await createContact(workspace.client, { name: 'Jane Smith', phone: '+1987654321' })).phone).toBe(
      '+1987654321',
    );
    expect(
      (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { phone: '+1 98765-4321' })).body.data,
    ).toHaveLength(1);
  });

  it.each(['030 123456', '12', '+1 415', '+0123456789', 'call me'])(
    'should be rejected with the field name when the number is %s',
    async (phone) => {
      expect(getError(await workspace.client.post('/v1/contacts', { phone }))).toMatchObject({
        status: 400,
        details: { phone: expect.anything() },
      });
      expect(getError(await workspace.client.post('/v1/contacts', { phones: [{ phone }] })).details).toHaveProperty([
        'phones[0].phone',
      ]);
      expect(getError(await workspace.client.post('/v1/conversations', { contact: { phone } })).details).toHaveProperty(
        ['contact.phone'],
      );
    },
  );
});

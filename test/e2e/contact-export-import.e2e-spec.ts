import { eventually } from '@parley/kernel/testing';
import fc from 'fast-check';
import { buildImportForm, importContacts, type ContactImport } from '../factories/contact-import.js';
import { createContact } from '../factories/contact.js';
import { getData, registerWorkspace, type Client } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import type { Contact, ItemResponse, ListResponse } from '../support/wire.js';

async function exportCsv(client: Client, fields?: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const { id } = getData(
    await client.post<ItemResponse<{ id: string }>>('/v1/contacts/exports', {
      format: 'csv',
      ...(fields && { fields }),
    }),
  );
  const url = await eventually(
    async () => getData(await client.get<ItemResponse<{ url: string | null }>>(`/v1/contacts/exports/${id}`)).url,
  );
  return new Uint8Array(await (await fetch(new URL(url, serverUrl()))).arrayBuffer());
}

async function importCsv(
  client: Client,
  csv: Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>> = { upsert_by: 'identifier' },
): Promise<ContactImport> {
  const { id } = await importContacts(client, csv, fields);
  return eventually(async () => {
    const item = getData(await client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${id}`));
    return ['completed', 'failed', 'canceled'].includes(item.status) ? item : null;
  });
}

async function listContacts(client: Client): Promise<unknown[]> {
  type Listed = Contact & { readonly company: string | null; readonly status: string };
  const { data } = (await client.get<ListResponse<Listed>>('/v1/contacts', { limit: 100 })).body;
  return data
    .map(({ identifier, name, emails, phones, company, tags, status, custom_fields }) => ({
      identifier,
      name,
      emails,
      phones,
      company,
      tags,
      status,
      custom_fields,
    }))
    .sort((a, b) => String(a.identifier).localeCompare(String(b.identifier)));
}

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '|', '[', '\n', ' ', '\u00fc', '\u5c71'),
      fc.string(),
    ),
    minLength: 1,
    maxLength: 8,
  })
  .map((value) => value.replaceAll('\0', '').trim())
  .filter((value) => value !== '');
const localPart = fc.stringMatching(/^[+=_'-]?[a-z]{3,8}$/);
const digits = fc.stringMatching(/^[2-9]\d{2}55501\d{2}$/);

const contact = fc.record(
  {
    name: text,
    company: text,
    tags: fc.uniqueArray(text, { maxLength: 3 }),
    emails: fc.uniqueArray(localPart, { maxLength: 3 }),
    phones: fc.uniqueArray(digits, { maxLength: 3 }),
    custom_fields: fc.dictionary(
      // Names that every JavaScript object has, such as `valueOf`, are rejected.
      text.filter((key) => !(key in {})),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 }), fc.record({ nested: text })),
      { maxKeys: 3, noNullPrototype: true },
    ),
  },
  { requiredKeys: ['emails', 'phones'] },
);

describe('export and import of contacts', () => {
  it('should change nothing when an exported file is imported', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { minLength: 1, maxLength: 6 }), async (inputs) => {
        const [source, target] = [await registerWorkspace(), await registerWorkspace()];
        for (const [index, { emails, phones, ...fields }] of inputs.entries())
          getData(
            await source.client.post<ItemResponse<Contact>>('/v1/contacts', {
              ...fields,
              identifier: `${["=c'", '+', "'-", 'c'][index % 4]}${index}`,
              emails: emails.map((local) => ({ email: `${local}@c${index}.example` })),
              phones: phones.map((number) => ({ phone: `+1${number.slice(0, -2)}${index}${number.at(-1)}` })),
            }),
          );
        const [csv, before] = [await exportCsv(source.client), await listContacts(source.client)];
        expect(await importCsv(source.client, csv)).toMatchObject({ unchanged: inputs.length, failed: 0 });
        expect(await importCsv(target.client, csv)).toMatchObject({ created: inputs.length, failed: 0 });
        expect(await listContacts(source.client)).toEqual(before);
        expect(await listContacts(target.client)).toEqual(before);
        expect(await importCsv(target.client, csv)).toMatchObject({ unchanged: inputs.length });
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('should keep types when custom fields have columns of their own', async () => {
    const { client } = await registerWorkspace();
    const custom_fields = { seats: 5, beta: true, zip: '01234', langs: ['de', 'fr'], more: { a: 1 } };
    await createContact(client, { email: 'ada@example.com', custom_fields });
    const fields = Object.keys(custom_fields).map((key) => `custom_fields.${key}`);
    const csv = await exportCsv(client, ['email', ...fields]);
    expect(await importCsv(client, csv, {})).toMatchObject({ unchanged: 1 });
  });

  it('should keep the order of addresses when a file names a contact by another e-mail of it', async () => {
    const { client } = await registerWorkspace();
    const emails = [{ email: 'ada@example.com' }, { email: 'ada@work.example' }];
    const { id } = await createContact(client, { email: undefined, emails });
    const csv = 'email,emails,name\nADA@work.example,ada@home.example,Ada Lovelace\n';
    expect(await importCsv(client, new Uint8Array(Buffer.from(csv)), {})).toMatchObject({ updated: 1 });
    expect(getData(await client.get<ItemResponse<Contact>>(`/v1/contacts/${id}`))).toMatchObject({
      name: 'Ada Lovelace',
      emails: [...emails, { email: 'ada@home.example' }],
    });
  });

  it('should import the errors file as if it were the original file', async () => {
    const { client } = await registerWorkspace();
    const csv = "email,name,'=plan,row\n+1@,'=Ada,\"'@x\",9\n";
    const first = await importCsv(client, new Uint8Array(Buffer.from(csv)), {});
    const readErrors = async ({ errors_url }: ContactImport): Promise<string> =>
      Buffer.from(await (await fetch(new URL(errors_url!, serverUrl()))).arrayBuffer()).toString();
    const errors = await readErrors(first);
    expect(errors).toBe("\ufeffrow,reasons,email,name,'=plan\n2,email must be an email,'+1@,'=Ada,'@x\n");
    const second = await importCsv(client, new Uint8Array(Buffer.from(errors)), {});
    expect(second).toMatchObject({ failed: 1, created: 0 });
    expect(await readErrors(second)).toBe(errors);
    const corrected = errors.replace("'+1@,", "'+1@example.com,");
    expect(await client.post('/v1/contacts/imports', buildImportForm(corrected))).toMatchObject({ status: 202 });
    await eventually(async () => {
      expect(await listContacts(client)).toMatchObject([{ name: '=Ada', emails: [{ email: '+1@example.com' }] }]);
      return true;
    });
  });
});

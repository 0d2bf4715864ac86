import { eventually } from '@parley/kernel/testing';
import fc from 'fast-check';
import { createContact } from '../factories/contact.js';
import { importContacts, buildImportForm, type ContactImport } from '../factories/contact-import.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function waitForImport(client: Client, { id }: { id: string }): Promise<ContactImport> {
  return eventually(async () => {
    const item = getData(await client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${id}`));
    return ['completed', 'failed', 'canceled'].includes(item.status) ? item : null;
  });
}

async function importCsv(
  csv: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>> = {},
  client = workspace.client,
): Promise<ContactImport> {
  return waitForImport(client, await importContacts(client, csv, fields));
}

/** The errors file, with its byte order mark. */
async function readErrors({ errors_url }: ContactImport): Promise<string> {
  return Buffer.from(await (await fetch(new URL(errors_url!, serverUrl()))).arrayBuffer()).toString();
}

async function contacts(client = workspace.client): Promise<readonly Contact[]> {
  return (await client.get<ListResponse<Contact>>('/v1/contacts', { limit: 100, order_by: 'name', order_dir: 'asc' }))
    .body.data;
}

describe('contact imports', () => {
  it('should map columns by name and validate rows with the rules of the API', async () => {
    const csv =
      'E-Mail,Full name,Phone,Labels,custom_fields.plan,Nonsense\n' +
      'ada@example.com,Ada Lovelace,+14155550123,"vip,math",gold,x\n,Nobody,,,,\nnot an address,Bad,,,,\n';
    const done = await importCsv(csv, { tags: 'imported' });
    expect(done).toMatchObject({
      status: 'completed',
      progress_percent: 100,
      rows_read: 3,
      created: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 2,
      error: null,
      mapping: {
        'E-Mail': 'email',
        'Full name': 'name',
        Phone: 'phone',
        Labels: 'tags',
        'custom_fields.plan': 'custom_fields.plan',
      },
      ignored_columns: ['Nonsense'],
    });
    expect(await contacts()).toMatchObject([
      {
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        phone: '+14155550123',
        tags: ['vip', 'math', 'imported'],
        custom_fields: { plan: 'gold' },
      },
    ]);
    const response = await fetch(new URL(done.errors_url!, serverUrl()));
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await readErrors(done)).toBe(
      '\ufeffrow,reasons,E-Mail,Full name,Phone,Labels,custom_fields.plan,Nonsense\n' +
        '3,"the row has no email, which identifies existing contacts in this import",,Nobody,,,,\n4,email must be an email,not an address,Bad,,,,\n',
    );
  });

  it('should update existing contacts, skip unchanged ones, and merge tags and custom fields', async () => {
    const existing = await createContact(workspace.client, {
      email: 'ada@example.com',
      name: 'Ada',
      tags: ['old'],
      custom_fields: { plan: 'free', seats: 1 },
    });
    const csv = 'email;name;tags;custom_fields.plan\nADA@example.com;Ada Lovelace;new;gold\n';
    expect(await importCsv(csv)).toMatchObject({ created: 0, updated: 1, unchanged: 0 });
    expect(await contacts()).toMatchObject([
      { id: existing.id, name: 'Ada Lovelace', tags: ['old', 'new'], custom_fields: { plan: 'gold', seats: 1 } },
    ]);
    expect(await importCsv(csv)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await importCsv('email,name\nada@example.com,Other\n', { on_conflict: 'skip' })).toMatchObject({
      updated: 0,
      skipped: 1,
    });
    expect((await contacts())[0]!.name).toBe('Ada Lovelace');
  });

  it('should match contacts by identifier, or none, as upsert_by requests', async () => {
    const csv = 'identifier,name\nc-1,Ada\nc-2,Grace\nc-1,Ada Lovelace\n';
    expect(await importCsv(csv, { upsert_by: 'identifier' })).toMatchObject({ created: 2, updated: 1, failed: 0 });
    expect((await contacts()).map(({ name }) => name)).toEqual(['Ada Lovelace', 'Grace']);
    expect(await importCsv('identifier,name\nc-1,Else\n,Nameless\n', { upsert_by: 'none' })).toMatchObject({
      created: 1,
      failed: 1,
    });
  });

  it('should emit one event with the created contacts and one at the end', async () => {
    const { id } = await importCsv('email\nada@example.com\ngrace@example.com\n');
    const emitted = (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === id);
    expect(emitted.map(({ type }) => type)).toEqual(['contact_import.progressed', 'contact_import.completed']);
    expect(new Set(emitted[0]!.data.created_ids as string[])).toEqual(
      new Set((await contacts()).map((contact) => contact.id)),
    );
    expect(emitted[0]!.actor).toEqual({ kind: 'user', id: workspace.userId });
  });

  it('should change nothing in a dry run', async () => {
    await createContact(workspace.client, { email: 'ada@example.com', name: 'Ada' });
    expect(
      await importCsv('email,name\nada@example.com,Ada Lovelace\ngrace@example.com,Grace\nbad,Bad\n', {
        dry_run: 'true',
      }),
    ).toMatchObject({ created: 1, updated: 1, failed: 1, rows_read: 3 });
    expect((await contacts()).map(({ name }) => name)).toEqual(['Ada']);
  });

  it('should count in a dry run what the rows would do in sequence, even when they are far apart', async () => {
    await workspace.client.post('/v1/companies', { name: 'Acme Inc', domains: ['acme.example'] });
    await createContact(workspace.client, { email: 'old@example.com', identifier: 'c-1' });
    const remainder = Array.from({ length: 1_100 }, (_none, index) => `p-${index},person-${index}@example.com,Person,`);
    const csv = [
      'identifier,email,name,company',
      'c-1,new@example.com,Ada,',
      'c-2,grace@acme.example,Grace,Acme',
      ...remainder,
      'c-3,old@example.com,Freed,',
      'c-4,new@example.com,Taken,',
      'c-2,GRACE@acme.example,Grace,Acme Inc',
      'c-2,GRACE@acme.example,Grace,Acme Inc',
      'p-7,,Changed,',
    ].join('\n');
    const counts = { created: 1_102, updated: 2, unchanged: 2, failed: 1, rows_read: 1_107 };
    const { id } = await importCsv(csv, { dry_run: 'true', upsert_by: 'identifier' });
    expect(await importCsv(csv, { upsert_by: 'identifier' })).toMatchObject(counts);
    expect(
      getData(await workspace.client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${id}`)),
    ).toMatchObject(counts);
  });

  it('should validate custom fields against their definitions', async () => {
    for (const [key, type] of [
      ['seats', 'number'],
      ['beta', 'checkbox'],
    ])
      await workspace.client.post('/v1/attribute-definitions', { applies_to: 'contact', key, label: key, type });
    expect(
      await importCsv(
        'email,custom_fields.seats,custom_fields.beta\nada@example.com,12.5,yes\ngrace@example.com,many,no\n',
      ),
    ).toMatchObject({ created: 1, failed: 1 });
    expect((await contacts())[0]!.custom_fields).toEqual({ seats: 12.5, beta: true });
  });

  it('should map columns to defined fields by name and list the ignored ones', async () => {
    await workspace.client.post('/v1/attribute-definitions', {
      applies_to: 'contact',
      key: 'shoe_size',
      label: 'Shoes',
      type: 'number',
    });
    await workspace.client.post('/v1/attribute-definitions', {
      applies_to: 'company',
      key: 'plan',
      label: 'Plan',
      type: 'text',
    });
    expect(await importCsv('email,Shoe Size,Plan\nada@example.com,38,gold\n')).toMatchObject({
      created: 1,
      mapping: { email: 'email', 'Shoe Size': 'custom_fields.shoe_size' },
      ignored_columns: ['Plan'],
    });
    expect((await contacts())[0]!.custom_fields).toEqual({ shoe_size: 38 });
    expect(await importCsv('email,Shoe Size\nada@example.com,39\n', { mapping: '{"email":"email"}' })).toMatchObject({
      unchanged: 1,
      ignored_columns: ['Shoe Size'],
    });
  });

  it('should reject rows with surplus cells and report spreadsheet row numbers', async () => {
    const done = await importCsv('email,name\nada@example.com,Ada,,\n\ngrace@example.com,Hopper, Grace\n,\nbad,Bad\n');
    expect(done).toMatchObject({ rows_read: 3, created: 1, failed: 2 });
    expect(
      (await (await fetch(new URL(done.errors_url!, serverUrl()))).text())
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2)),
    ).toEqual([['4', 'the row has more cells than columns'], ['6', 'email must be an email'], ['']]);
  });

  it('should read files of spreadsheets: byte order marks, semicolons, quotes, empty rows', async () => {
    expect(
      await importCsv(
        '\ufeff"email";"name"\r\n"ada@example.com";"Ada ""the first""\nLovelace"\r\n\r\n; \r\ngrace@example.com;Grace\r\n;\r\n',
      ),
    ).toMatchObject({ rows_read: 2, created: 2, failed: 0 });
    expect((await contacts()).map(({ name }) => name)).toEqual(['Ada "the first"\nLovelace', 'Grace']);
  });

  it('should report rows that cannot be read and import the other ones', async () => {
    const csv = Buffer.concat([
      Buffer.from(
        'email,name\nada@example.com,Ada "Countess" Lovelace\nnul@example.com,A\0B\nopen@example.com,"TV 42\n',
      ),
      Buffer.from('utf8@example.com,\u00e4\u00f6\u00fc\nbytes@example.com,'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\ngrace@example.com, "Hopper, Grace"\n'),
    ]);
    const done = await importCsv(new Uint8Array(csv));
    expect(done).toMatchObject({ status: 'completed', encoding: 'utf-8', rows_read: 6, created: 3, failed: 3 });
    expect((await contacts()).map(({ name }) => name)).toEqual([
      'Ada "Countess" Lovelace',
      '\u00e4\u00f6\u00fc',
      'Hopper, Grace',
    ]);
    const lines = (await readErrors(done)).split('\n').slice(1, -1);
    expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
      ['3', 'the row contains a NUL character'],
      ['4', 'a quote in the row has no end; double each quote within a quoted cell'],
      ['6', 'the row contains bytes that are not valid in the encoding utf-8'],
    ]);
  });

  it('should fail and keep earlier rows when a row is too long', async () => {
    const rows = Array.from({ length: 1_000 }, (_none, index) => `person-${index}@example.com`);
    const done = await importCsv(`email\n${rows.join('\n')}\n${'x'.repeat(3_000_000)}`);
    expect(done).toMatchObject({ status: 'failed', created: 1_000, error: 'a row is longer than 1000000 characters' });
  });

  it('should end when the file contains any bytes', async () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\0', '\ud800', '\u00e9', ' ', 'a', '@x.co', '+1415555', '='),
      maxLength: 60,
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      text.map((lines) => Buffer.from(lines)),
      text.map((lines) => Buffer.from(lines, 'utf16le')),
      text.map((lines) => Buffer.from(lines, 'latin1')),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('none', 'email'), async (body, upsertBy) => {
        const { client } = await registerWorkspace();
        const csv = new Uint8Array(
          Buffer.concat([Buffer.from('email,name,phone,tags,custom_fields.x,custom_fields\n'), body]),
        );
        const done = await importCsv(csv, { upsert_by: upsertBy, encoding: 'utf-8' }, client);
        expect(done.status).toBe('completed');
        const { rows_read, created, updated, unchanged, skipped, failed } = done;
        expect(created + updated + unchanged + skipped + failed).toBe(rows_read);
        if (failed > 0) expect((await readErrors(done)).startsWith('\ufeffrow,reasons,')).toBe(true);
        const { status } = await client.post('/v1/contacts/imports', buildImportForm(new Uint8Array(body)));
        expect([202, 400]).toContain(status);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it.each([
    ['windows-1252', Buffer.from('E-Mail;Name\njuergen@example.com;J\u00fcrgen M\u00fcller\n', 'latin1')],
    ['utf-16le', Buffer.from('\ufeffE-Mail\tName\njuergen@example.com\tJ\u00fcrgen M\u00fcller\n', 'utf16le')],
    ['utf-16le', Buffer.from('E-Mail\tName\njuergen@example.com\tJ\u00fcrgen M\u00fcller\n', 'utf16le')],
    ['utf-8', Buffer.from('sep=;\r\nE-Mail;Name\rjuergen@example.com;J\u00fcrgen M\u00fcller\n')],
  ])('should be decoded when the encoding is %s', async (encoding, bytes) => {
    expect(await importCsv(new Uint8Array(bytes))).toMatchObject({ encoding, created: 1, failed: 0 });
    expect((await contacts()).map(({ name }) => name)).toEqual(['J\u00fcrgen M\u00fcller']);
  });

  it('should map the columns of other products', async () => {
    const csv =
      'First Name,Last Name,E-mail 1 - Value,E-mail 2 - Value,Mobile Phone,Business Phone\n' +
      'Ada,Lovelace,ada@example.com,ada@work.example,4155550123.0,+1 415 555-0124\n' +
      'Grace,,grace@example.com,,+14155550125.0,\n';
    await workspace.client.patch(`/v1/organizations/${workspace.id}`, { settings: { default_country: 'US' } });
    expect(await importCsv(csv)).toMatchObject({ created: 2, failed: 0, ignored_columns: [] });
    expect(await contacts()).toMatchObject([
      {
        name: 'Ada Lovelace',
        emails: [{ email: 'ada@example.com' }, { email: 'ada@work.example' }],
        phones: [{ phone: '+14155550123' }, { phone: '+14155550124' }],
      },
      { name: 'Grace', email: 'grace@example.com', phones: [{ phone: '+14155550125' }] },
    ]);
  });

  it('should link contacts to the companies that the rows name', async () => {
    const create = async (body: object): Promise<string> =>
      getData(await workspace.client.post<ItemResponse<{ id: string }>>('/v1/companies', body)).id;
    const acme = await create({ name: 'Acme Inc' });
    const byDomain = await create({ name: 'Globex', domains: ['globex.example'] });
    const csv =
      'email,name,company\na@example.com,A,ACME inc\nb@example.com,B,Initech\nc@example.com,C,initech\n' +
      'd@globex.example,D,Other\ne@example.com,E,\n';
    expect(await importCsv(csv, { dry_run: 'true' })).toMatchObject({ created: 5 });
    expect((await workspace.client.get<ListResponse<unknown>>('/v1/companies')).body.total).toBe(2);
    expect(await importCsv(csv)).toMatchObject({ created: 5, failed: 0 });
    const { data } = (await workspace.client.get<ListResponse<{ id: string; name: string }>>('/v1/companies')).body;
    const initech = data.find(({ name }) => name === 'Initech')!.id;
    expect(data).toHaveLength(3);
    const linked = (await contacts()) as readonly (Contact & { company: string | null; company_id: string | null })[];
    expect(linked.map(({ company, company_id }) => [company, company_id])).toEqual([
      ['Acme Inc', acme],
      ['Initech', initech],
      ['Initech', initech],
      ['Globex', byDomain],
      [null, null],
    ]);
    expect(await importCsv('email,company\na@example.com,Initech\nb@example.com,INITECH\n')).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
    expect((await contacts())[0]).toMatchObject({ company: 'Initech', company_id: initech });
  });

  it('should have warnings when custom fields are imported as text', async () => {
    await workspace.client.post('/v1/attribute-definitions', {
      applies_to: 'contact',
      key: 'seats',
      label: 'Seats',
      type: 'number',
    });
    const done = await importCsv('email,custom_fields.seats,custom_fields.zip\na@example.com,5,01234\n');
    expect(done.warnings).toEqual([expect.stringContaining('custom_fields.zip has no attribute definition')]);
    expect((await contacts())[0]!.custom_fields).toEqual({ seats: 5, zip: '01234' });
  });

  it('should name the setting when a national phone number cannot be read', async () => {
    const done = await importCsv('name,phone\nAda,030 123456\n', { upsert_by: 'none' });
    expect(done).toMatchObject({ failed: 1, incomplete: 0 });
    expect(await readErrors(done)).toContain('set the setting default_country of the workspace');
  });

  it.each(['false', 'true'])(
    'should import rows without invalid phone numbers and name them when the dry run is %s',
    async (dry_run) => {
      const rows = ['a@example.com,030 12', 'b@example.com,0049 30 123456', ',030 12', 'c@example.com,+14155550123'];
      const done = await importCsv(`email,phone\n${rows.join('\n')}\n`, { dry_run });
      expect(done).toMatchObject({ created: 3, failed: 1, incomplete: 1 });
      const report = await readErrors(done);
      expect(report).toMatch(/\n2,"?imported without it: phone .*a@example\.com,030 12/);
      expect(report).toMatch(/\n4,/);
      expect(report.trim().split('\n')).toHaveLength(3);
      if (dry_run === 'true') return;
      const found = (await contacts()).map(({ email, phone }) => [email, phone]);
      expect(new Map(found as [string, string | null][])).toEqual(
        new Map([
          ['a@example.com', null],
          ['b@example.com', '+4930123456'],
          ['c@example.com', '+14155550123'],
        ]),
      );
    },
  );

  it('should import the phone number when several rows have the same one', async () => {
    const csv = 'email,phone\na@example.com,+14155550123\nb@example.com,+14155550123\n';
    expect(await importCsv(csv)).toMatchObject({ created: 2, failed: 0 });
  });

  it('should not be limited when the plan of the workspace is unlimited', async () => {
    for (let index = 0; index < 8; index += 1)
      expect(await importContacts(workspace.client, `email\n${index}@example.com\n`)).toMatchObject({ failed: 0 });
  });

  it('should have the result of the rows in sequence when they free and take e-mails', async () => {
    const row = fc.record({
      identifier: fc.constantFrom('c-1', 'c-2', 'c-3'),
      email: fc.constantFrom('a@x.example', 'b@x.example', 'c@x.example', ''),
      phone: fc.constantFrom('+14155550123', '+14155550124', ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 8 }), async (rows) => {
        const [{ client: byFile }, { client: byRow }] = [await registerWorkspace(), await registerWorkspace()];
        const header = 'identifier,email,phone\n';
        const lines = rows.map(({ identifier, email, phone }) => `${identifier},${email},${phone}\n`);
        const options = { upsert_by: 'identifier' };
        const counts = ({ created, updated, unchanged, failed }: ContactImport) => [
          created,
          updated,
          unchanged,
          failed,
        ];
        const dryRun = await importCsv(header + lines.join(''), { ...options, dry_run: 'true' }, byFile);
        const once = await importCsv(header + lines.join(''), options, byFile);
        const single: number[][] = [];
        for (const line of lines) single.push(counts(await importCsv(header + line, options, byRow)));
        const sums = [0, 1, 2, 3].map((index) => single.reduce((sum, item) => sum + item[index]!, 0));
        expect(counts(dryRun)).toEqual(sums);
        expect(counts(once)).toEqual(sums);
        const shown = async (client: Client) =>
          (await contacts(client))
            .map(({ identifier, emails, phones }) => ({ identifier, emails, phones }))
            .sort((a, b) => String(a.identifier).localeCompare(String(b.identifier)));
        expect(await shown(byFile)).toEqual(await shown(byRow));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it.each([
    ['an empty file', '', {}, 'file'],
    ['a duplicate column', 'email,email\na@example.com,b@example.com\n', {}, 'file'],
    ['no column that identifies contacts', 'company\nAcme\n', { upsert_by: 'none' }, 'mapping'],
    ['no column for upsert_by', 'name\nAda\n', {}, 'mapping'],
    ['a mapping of an unknown column', 'email\na@example.com\n', { mapping: '{"mail":"email"}' }, 'mapping'],
    ['a mapping to an unknown field', 'email\na@example.com\n', { mapping: '{"email":"mail"}' }, 'mapping'],
    ['a mapping that is not JSON', 'email\na@example.com\n', { mapping: 'email' }, 'mapping'],
    [
      'a mapping of two columns to one field',
      'a,b\na@example.com,b@example.com\n',
      { mapping: '{"a":"email","b":"email"}' },
      'mapping',
    ],
  ])('should be rejected when the upload has %s', async (_name, csv, fields, field) => {
    const rejection = getError(
      await workspace.client.post('/v1/contacts/imports', buildImportForm(csv, fields as Record<string, string>)),
    );
    expect(rejection).toMatchObject({
      status: 400,
      details: { [field]: expect.arrayContaining([expect.any(String)]) },
    });
    expect((await workspace.client.get<ListResponse<ContactImport>>('/v1/contacts/imports')).body.total).toBe(0);
  });

  it('should be canceled once', async () => {
    const rows = Array.from({ length: 20_000 }, (_none, index) => `person-${index}@example.com,Person ${index}`);
    const started = await importContacts(workspace.client, `email,name\n${rows.join('\n')}\n`);
    const canceled = getData(
      await workspace.client.post<ItemResponse<ContactImport>>(`/v1/contacts/imports/${started.id}/cancel`),
    );
    expect(canceled.status).toBe('canceled');
    const { rows_read, created } = getData(
      await workspace.client.get<ItemResponse<ContactImport>>(`/v1/contacts/imports/${started.id}`),
    );
    expect([rows_read, created]).toEqual([canceled.rows_read, canceled.rows_read]);
    expect(canceled.rows_read).toBeLessThan(20_000);
    expect(
      getData(await workspace.client.post<ItemResponse<ContactImport>>(`/v1/contacts/imports/${started.id}/cancel`))
        .status,
    ).toBe('canceled');
  });

  it('should not be visible or cancelable in another workspace, and serve errors by the signed URL only', async () => {
    const other = await registerWorkspace();
    const done = await importCsv('email\nbad\n');
    expect(getError(await other.client.get(`/v1/contacts/imports/${done.id}`))).toMatchObject({ status: 404 });
    expect(getError(await other.client.post(`/v1/contacts/imports/${done.id}/cancel`))).toMatchObject({ status: 404 });
    expect((await other.client.get<ListResponse<ContactImport>>('/v1/contacts/imports')).body.data).toEqual([]);
    const { client } = await createApiKey(workspace, ['contacts:read']);
    expect(
      getError(await client.post('/v1/contacts/imports', buildImportForm('email\na@example.com\n'))),
    ).toMatchObject({
      status: 403,
    });
    expect(
      (
        await fetch(
          new URL(`/v1/contacts/imports/${done.id}/errors?expires=9999999999&signature=c2lnbmF0dXJl`, serverUrl()),
        )
      ).status,
    ).toBe(403);
  });

  it('should apply each row to the result of the earlier ones when two name the same contact differently', async () => {
    const { client } = await registerWorkspace();
    const emails = ['ada@example.com', 'lovelace@example.com'];
    await client.post('/v1/contacts', { email: emails[0], emails: [{ email: emails[1] }], tags: ['vip'] });
    const csv = `email,tags\n${emails[0]},a\n${emails[1]},b\n${emails[0]},c\n`;
    const dryRun = await importCsv(csv, { dry_run: 'true' }, client);
    expect(dryRun).toMatchObject({ status: 'completed', updated: 3, failed: 0 });
    expect(await importCsv(csv, {}, client)).toMatchObject({ status: 'completed', updated: 3, failed: 0 });
    const [contact] = await contacts(client);
    expect([...contact!.tags].sort()).toEqual(['a', 'b', 'c', 'vip']);
  });

  it('should have the same result as single requests, and not change when it is repeated', async () => {
    const row = fc.record({
      email: fc.constantFrom('ada@example.com', 'ADA@example.com', 'grace@example.com', 'bad', ''),
      name: fc.constantFrom('Ada', 'Grace', ''),
      phone: fc.constantFrom('+14155550123', '+14155550124', ''),
      tags: fc.constantFrom('a', 'b', 'a|b', ''),
      plan: fc.constantFrom('gold', ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const [byFile, byCall] = [await registerWorkspace(), await registerWorkspace()];
        const lines = rows.map(({ email, name, phone, tags, plan }) => [email, name, phone, tags, plan].join(','));
        const csv = ['email,name,phone,tags,custom_fields.plan', ...lines, ''].join('\n');
        const counts = ({ rows_read, created, updated, unchanged, skipped, failed }: ContactImport) => ({
          rows_read,
          created,
          updated,
          unchanged,
          skipped,
          failed,
        });
        const dryRun = await importCsv(csv, { dry_run: 'true' }, byFile.client);
        expect(await contacts(byFile.client)).toEqual([]);
        const once = await importCsv(csv, {}, byFile.client);
        expect(counts(dryRun)).toEqual(counts(once));
        let failed = 0;
        for (const item of rows.filter((cells) => Object.values(cells).some((cell) => cell !== '')))
          failed += (await sendRow(byCall.client, item)) ? 0 : 1;
        expect(once.failed).toBe(failed);
        const shown = (all: readonly Contact[]) =>
          all
            .map(({ email, name, phone, tags, custom_fields }) => ({
              email: email?.toLowerCase(),
              name,
              phone,
              tags: [...tags].sort(),
              custom_fields,
            }))
            .sort((a, b) => String(a.email).localeCompare(String(b.email)));
        const remaining = shown(await contacts(byFile.client));
        expect(remaining).toEqual(shown(await contacts(byCall.client)));
        await importCsv(csv, {}, byFile.client);
        expect((await contacts(byFile.client)).length).toBe(remaining.length);
      }),
      { numRuns: 12, examples: [[RELEASED_PHONE_ROWS]] },
    );
  }, 120_000);
});

const ADA = { email: 'ada@example.com', name: 'Ada', tags: '', plan: '' };
/** The third row takes a phone number that the second one gives up. */
const RELEASED_PHONE_ROWS = [
  { ...ADA, phone: '+14155550124' },
  { ...ADA, phone: '+14155550123' },
  { ...ADA, email: 'grace@example.com', phone: '+14155550124' },
  { ...ADA, phone: '+14155550123' },
];

/** Sends the data of a row as single requests. Returns true if they succeeded. */
async function sendRow(
  client: Client,
  { email, name, phone, tags, plan }: { email: string; name: string; phone: string; tags: string; plan: string },
): Promise<boolean> {
  if (email === '') return false;
  const fields = { email, ...(name && { name }), ...(phone && { phone }) };
  const [existing] =
    email === 'bad' ? [] : (await client.get<ListResponse<Contact>>('/v1/contacts', { email })).body.data;
  const all = [...new Set([...(existing?.tags ?? []), ...tags.split('|').filter(Boolean)])];
  const body = { ...fields, ...(tags && { tags: all }), ...(plan && { custom_fields: { plan } }) };
  const { status } = existing
    ? await client.patch(`/v1/contacts/${existing.id}`, body)
    : await client.post('/v1/contacts', body);
  return status < 300;
}

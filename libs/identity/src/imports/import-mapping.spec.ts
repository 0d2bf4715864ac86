import { guessMapping, ignoredColumns, validateMapping } from './import-mapping.js';

describe('guessMapping', () => {
  it.each([
    [['email', 'name'], { email: 'email', name: 'name' }],
    [
      ['E-Mail Address', 'Full Name', 'Phone number'],
      { 'E-Mail Address': 'email', 'Full Name': 'name', 'Phone number': 'phone' },
    ],
    [
      ['External ID', 'custom_fields.plan', 'Hat size'],
      { 'External ID': 'identifier', 'custom_fields.plan': 'custom_fields.plan' },
    ],
    [
      ['e-mail', 'Plan', 'Shoe size', 'plan b'],
      { 'e-mail': 'email', Plan: 'custom_fields.plan', 'Shoe size': 'custom_fields.Shoe_Size' },
    ],
    [['custom_fields.plan', 'plan', '日本'], { 'custom_fields.plan': 'custom_fields.plan' }],
    [['email', 'mail'], { email: 'email', mail: 'emails' }],
    [
      ['First Name', 'Last Name', 'Mobile Phone', 'Business Phone', 'Home Phone'],
      {
        'First Name': 'first_name',
        'Last Name': 'last_name',
        'Mobile Phone': 'phone',
        'Business Phone': 'phones',
        'Home Phone': 'phones',
      },
    ],
    [
      [
        'Name',
        'Given Name',
        'Family Name',
        'E-mail 1 - Label',
        'E-mail 1 - Value',
        'E-mail 2 - Value',
        'Phone 1 - Value',
      ],
      {
        Name: 'name',
        'Given Name': 'first_name',
        'Family Name': 'last_name',
        'E-mail 1 - Value': 'email',
        'E-mail 2 - Value': 'emails',
        'Phone 1 - Value': 'phone',
      },
    ],
    [
      ['Name', 'Vorname', 'E-Mail-Adresse', 'Handy', 'Firma'],
      { Name: 'last_name', Vorname: 'first_name', 'E-Mail-Adresse': 'email', Handy: 'phone', Firma: 'company' },
    ],
    [
      ['Nombre', 'Apellidos', 'Correo electrónico', 'Teléfono'],
      { Nombre: 'first_name', Apellidos: 'last_name', 'Correo electrónico': 'email', Teléfono: 'phone' },
    ],
    [['Prénom', 'Nom'], { Prénom: 'first_name', Nom: 'last_name' }],
    [
      ['emails', 'phones', 'custom_fields', '姓名'],
      { emails: 'emails', phones: 'phones', custom_fields: 'custom_fields' },
    ],
    [['avatar_url', 'company'], { avatar_url: 'avatar_url', company: 'company' }],
    [['__proto__', 'constructor'], {}],
  ])('should map %j to %j', (header, mapping) => {
    expect(guessMapping(header, ['plan', 'Shoe_Size', 'email'])).toEqual(mapping);
  });
});

describe('validateMapping', () => {
  it('should return no messages when the mapping is valid', () => {
    expect(validateMapping(['a', 'b', 'c'], { a: 'email', b: 'custom_fields.plan' }, 'email')).toEqual([]);
  });

  it.each([
    [{ z: 'email' }, 'email', 'no column "z"'],
    [{ a: 'mail' }, 'none', '"mail" is not a contact field'],
    [{ a: 'custom_fields.' }, 'none', '"custom_fields." is not a contact field'],
    [{ a: 'email', b: 'email' }, 'email', 'more than one column is mapped to email'],
    [{ a: 'name' }, 'identifier', 'no column is mapped to identifier'],
    [{ a: 'company' }, 'none', 'map at least one of them'],
  ] as const)('should return a message when the mapping is %j', (mapping, upsertBy, message) => {
    expect(validateMapping(['a', 'b'], mapping, upsertBy).join('; ')).toContain(message);
  });
});

it('should list unmapped columns as ignored', () => {
  expect(ignoredColumns(['E-mail', '', 'Nonsense', 'constructor'], { 'E-mail': 'email' })).toEqual([
    'Nonsense',
    'constructor',
  ]);
});

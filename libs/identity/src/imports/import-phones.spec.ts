import { InvalidInputError, type FieldPath } from '@parley/kernel';
import type { ContactInput } from '../contacts/contact.view.js';
import { withoutInvalidPhones } from './import-phones.js';

const item = (value: string) => ({ value });
const PHONE: FieldPath = ['phone'];
const SECOND: FieldPath = ['phones', 1, 'value'];

it.each<[string, ContactInput, FieldPath[], ContactInput | null]>([
  ['an e-mail', { email: 'a@x.example', phone: 'x' }, [PHONE], { email: 'a@x.example' }],
  ['an identifier', { identifier: '7', phone: 'x', name: 'A' }, [PHONE], { identifier: '7', name: 'A' }],
  ['another phone', { phones: [item('+1'), item('x')] }, [SECOND], { phones: [item('+1')] }],
  ['a first phone', { phone: '+1', phones: [item('+2'), item('x')] }, [SECOND], { phone: '+1', phones: [item('+2')] }],
  ['nothing else', { phone: 'x' }, [PHONE], null],
  ['only a name', { name: 'Ada', phone: 'x' }, [PHONE], null],
  ['another invalid field', { email: 'a', phone: 'x' }, [PHONE, ['email']], null],
])('should remove invalid phone numbers when the row has %s', (_name, fields, paths, expected) => {
  const error = new InvalidInputError(paths.map((path) => ({ path, message: 'is invalid' })));
  expect(withoutInvalidPhones(fields, error)).toEqual(expected);
});

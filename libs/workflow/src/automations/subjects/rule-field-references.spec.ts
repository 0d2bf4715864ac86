import { CONVERSATION_FILTER_FIELDS } from '@parley/messaging';
import { CONVERSATION_RULE_FIELDS } from './conversation-fields.js';

/** Contacts are deleted for 30 days before they are erased. */
const WITHOUT_TYPE = ['contact_id'];

describe('filter fields with IDs', () => {
  it.each([
    ['rules', CONVERSATION_RULE_FIELDS],
    ['conversations', CONVERSATION_FILTER_FIELDS],
  ])('should name the type of object in filters of %s', (_kind, { declaration }) => {
    const unnamed = declaration.fields.filter(
      ({ type, refersTo = undefined, mayReferTo }) => type === 'id' && (refersTo ?? mayReferTo) === undefined,
    );
    expect(unnamed.map(({ name }) => name).filter((name) => !WITHOUT_TYPE.includes(name))).toEqual([]);
  });
});

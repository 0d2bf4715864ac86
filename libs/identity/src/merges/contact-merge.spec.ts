import fc from 'fast-check';
import { mergeStates, validateMergedState, undoMergeState, type MergeState } from './contact-merge.js';

const EMPTY: MergeState = {
  identifier: null,
  email: null,
  otherEmails: [],
  name: null,
  phone: null,
  otherPhones: [],
  company: null,
  companyId: null,
  avatarUrl: null,
  avatar: null,
  customFields: {},
  tags: [],
  conversationCount: 0,
  ticketCount: 0,
  lastSeenAt: null,
};

function contact(fields: Partial<MergeState>): MergeState {
  return { ...EMPTY, ...fields };
}

describe('mergeStates', () => {
  it('should unite addresses and tags, sum counters and fill empty fields in the order of the sources', () => {
    const target = contact({
      email: 'a@x',
      otherEmails: ['b@x'],
      name: 'Ada',
      customFields: { plan: 'pro', seats: null },
      tags: ['vip'],
      conversationCount: 2,
    });
    const first = contact({
      email: 'c@x',
      name: 'A. L.',
      identifier: 'c-1',
      customFields: { plan: 'free', seats: 4 },
      tags: ['new', 'vip'],
      conversationCount: 3,
      lastSeenAt: '2026-01-02T00:00:00.000Z',
    });
    const second = contact({
      phone: '+1',
      identifier: 'c-2',
      company: 'Acme',
      customFields: { seats: 9, region: 'eu' },
      ticketCount: 1,
      lastSeenAt: '2026-01-01T00:00:00.000Z',
    });
    expect(mergeStates(target, [first, second])).toEqual(
      contact({
        email: 'a@x',
        otherEmails: ['b@x', 'c@x'],
        phone: '+1',
        name: 'Ada',
        identifier: 'c-1',
        company: 'Acme',
        customFields: { plan: 'pro', seats: 4, region: 'eu' },
        tags: ['vip', 'new'],
        conversationCount: 5,
        ticketCount: 1,
        lastSeenAt: '2026-01-02T00:00:00.000Z',
      }),
    );
  });

  it('should not combine the company ID of one contact with the company name of another', () => {
    expect(mergeStates(contact({ company: 'Acme' }), [contact({ company: 'Other', companyId: 'o' })])).toMatchObject({
      company: 'Acme',
      companyId: null,
    });
  });
});

describe('validateMergedState', () => {
  it('should return a message when there are too many addresses or tags', () => {
    const manyTags = (from: number): string[] => Array.from({ length: 60 }, (_, index) => `t${from + index}`);
    expect(
      validateMergedState(mergeStates(contact({ tags: manyTags(0) }), [contact({ tags: manyTags(100) })])),
    ).not.toBeNull();
    expect(
      validateMergedState(mergeStates(contact({ tags: manyTags(0) }), [contact({ tags: manyTags(0) })])),
    ).toBeNull();
  });
});

describe('undoMergeState', () => {
  const text = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: null });
  const fields = fc.dictionary(
    fc.constantFrom('plan', 'seats', 'region'),
    fc.oneof(fc.constantFrom('a', 'b', 1, null)),
    { maxKeys: 3 },
  );

  /** Contacts with distinct addresses, as live contacts have them. */
  function arbitraryContact(owner: number): fc.Arbitrary<MergeState> {
    const addresses = (kind: string) =>
      fc.uniqueArray(fc.constantFrom(...[1, 2, 3].map((index) => `${kind}${owner}-${index}`)), { maxLength: 3 });
    return fc
      .record({
        emails: addresses('e'),
        phones: addresses('p'),
        identifier: text([`i${owner}`]),
        name: text(['Ada', 'Bob']),
        company: text(['Acme']),
        customFields: fields,
        tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
        conversationCount: fc.nat(5),
        lastSeenAt: text(['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']),
      })
      .map(({ emails: [email = null, ...otherEmails], phones: [phone = null, ...otherPhones], ...rest }) =>
        contact({ ...rest, email, otherEmails, phone, otherPhones }),
      );
  }

  const group = fc
    .integer({ min: 1, max: 4 })
    .chain((count) =>
      fc.tuple(
        arbitraryContact(0),
        fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryContact(index + 1))),
      ),
    );

  it('should restore the original state when nothing changed after the merge', () => {
    fc.assert(
      fc.property(group, ([target, sources]) => {
        const after = mergeStates(target, sources);
        expect(undoMergeState(after, target, after, sources)).toEqual(target);
      }),
    );
  });

  it('should restore all contacts when chained merges are undone in reverse order', () => {
    fc.assert(
      fc.property(group, ([target, sources]) => {
        const states = [target];
        for (const source of sources) states.push(mergeStates(states.at(-1)!, [source]));
        let now = states.at(-1)!;
        for (let index = sources.length - 1; index >= 0; index -= 1)
          now = undoMergeState(now, states[index]!, states[index + 1]!, [sources[index]!]);
        expect(now).toEqual(target);
      }),
    );
  });

  it('should keep changes made after the merge', () => {
    const target = contact({ email: 'a@x', customFields: { plan: 'pro' }, tags: ['a'], conversationCount: 1 });
    const source = contact({
      email: 'b@x',
      name: 'Bob',
      customFields: { plan: 'free', seats: 3, region: 'eu' },
      tags: ['b', 'c'],
      conversationCount: 2,
    });
    const after = mergeStates(target, [source]);
    const now = {
      ...after,
      name: 'Robert',
      otherEmails: ['b@x', 'new@x'],
      customFields: { plan: 'max', seats: 3, region: 'us' },
      tags: ['a', 'c', 'd'],
      conversationCount: 4,
    };
    expect(undoMergeState(now, target, after, [source])).toEqual(
      contact({
        email: 'a@x',
        otherEmails: ['new@x'],
        name: 'Robert',
        customFields: { plan: 'max', region: 'us' },
        tags: ['a', 'd'],
        conversationCount: 2,
      }),
    );
  });
});

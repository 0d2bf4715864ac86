import { AUTOMATION_FIELDS } from './automation-fields.js';
import { resolveInitiator, READABLE_FIELDS, toFilterSubject } from './rule-subject.js';
import { sampleRuleContext } from './rule.samples.js';

describe('toFilterSubject', () => {
  it('should have a reader for every field of the catalogue', () => {
    expect([...READABLE_FIELDS].sort()).toEqual([...AUTOMATION_FIELDS.names].sort());
  });

  it('should return only own properties of custom fields', () => {
    const subject = toFilterSubject(sampleRuleContext({ customFields: { plan: 'gold' } }));
    expect(subject.get('custom_fields.plan')).toBe('gold');
    expect(subject.get('custom_fields.toString')).toBeUndefined();
  });

  it('should compute the hours up to the current time', () => {
    const subject = toFilterSubject(sampleRuleContext({ createdAt: '2026-01-15T10:00:00.000Z', resolvedAt: null }));
    expect(subject.get('hours_since_created')).toBe(2);
    expect(subject.get('hours_since_resolved')).toBeNull();
  });
});

describe('resolveInitiator', () => {
  it('should return contact when the message is a comment', () => {
    expect(
      resolveInitiator(sampleRuleContext({}, { type: 'message.created', actor: { kind: 'api_key', id: 'k' } })),
    ).toBe('contact');
  });

  it.each([
    ['api_key', 'api'],
    ['user', 'user'],
    ['automation', 'automation'],
    ['ai_agent', 'automation'],
    ['system', 'system'],
  ] as const)('should map the actor kind %s to %s when the conversation changes', (kind, initiator) => {
    expect(resolveInitiator(sampleRuleContext({}, { type: 'conversation.tagged', actor: { kind, id: null } }))).toBe(
      initiator,
    );
  });
});

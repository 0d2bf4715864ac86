import { AUTOMATION_FIELDS } from './automation-fields.js';
import { resolveInitiator, READABLE_FIELDS, toFilterSubject } from './rule-subject.js';
import { sampleRuleContext } from './rule.samples.js';

describe('subjectOf', () => {
  it('should read every field of the catalogue', () => {
    expect([...READABLE_FIELDS].sort()).toEqual([...AUTOMATION_FIELDS.names].sort());
  });

  it('should read custom fields by their own keys only', () => {
    const subject = toFilterSubject(sampleRuleContext({ customFields: { plan: 'gold' } }));
    expect(subject.get('custom_fields.plan')).toBe('gold');
    expect(subject.get('custom_fields.toString')).toBeUndefined();
  });

  it('should count hours to the present', () => {
    const subject = toFilterSubject(sampleRuleContext({ createdAt: '2026-01-15T10:00:00.000Z', resolvedAt: null }));
    expect(subject.get('hours_since_created')).toBe(2);
    expect(subject.get('hours_since_resolved')).toBeNull();
  });
});

describe('initiatorOf', () => {
  it('should name the contact for a comment, whoever brought it', () => {
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
  ] as const)('should call %s %s for a change', (kind, initiator) => {
    expect(resolveInitiator(sampleRuleContext({}, { type: 'conversation.tagged', actor: { kind, id: null } }))).toBe(
      initiator,
    );
  });
});

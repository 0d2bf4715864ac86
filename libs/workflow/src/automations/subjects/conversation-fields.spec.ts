import { CONVERSATION_RULE_FIELDS, readConversationField, resolveInitiator } from './conversation-fields.js';
import { sampleFacts } from './conversation-facts.samples.js';

describe('readConversationField', () => {
  it('should read every field of the catalogue', () => {
    const facts = sampleFacts({ resolvedAt: '2026-01-15T11:00:00.000Z' });
    const unread = CONVERSATION_RULE_FIELDS.names.filter((name) => readConversationField(facts, name) === undefined);
    expect(unread).toEqual([]);
  });

  it('should return only own properties of custom fields', () => {
    const facts = sampleFacts({ customFields: { plan: 'gold' } });
    expect(readConversationField(facts, 'custom_fields.plan')).toBe('gold');
    expect(readConversationField(facts, 'custom_fields.toString')).toBeUndefined();
    expect(readConversationField(facts, 'contact.custom_fields.plan')).toBe('gold');
  });

  it('should compute the hours up to the current time', () => {
    const facts = sampleFacts({ createdAt: '2026-01-15T10:00:00.000Z', resolvedAt: null });
    expect(readConversationField(facts, 'hours_since_created')).toBe(2);
    expect(readConversationField(facts, 'hours_since_resolved')).toBeNull();
  });
});

describe('resolveInitiator', () => {
  it('should return contact when the message is a comment', () => {
    expect(resolveInitiator(sampleFacts({}, { type: 'message.created', actor: { kind: 'api_key', id: 'k' } }))).toBe(
      'contact',
    );
  });

  it.each([
    ['api_key', 'api'],
    ['user', 'user'],
    ['automation', 'automation'],
    ['ai_agent', 'automation'],
    ['system', 'system'],
  ] as const)('should map the actor kind %s to %s when the conversation changes', (kind, initiator) => {
    expect(resolveInitiator(sampleFacts({}, { type: 'conversation.tagged', actor: { kind, id: null } }))).toBe(
      initiator,
    );
  });
});

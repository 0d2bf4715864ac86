import '@parley/messaging';
import '../channels.events.js';
import { matchingSubscriptions, validateEventNames } from './event-catalogue.js';

describe('validateEventNames', () => {
  it('should accept event types, wildcards and *', () => {
    const names = ['*', 'conversation.*', 'message.created', 'webhook.disabled', 'security.login', 'segment.entered'];
    expect(validateEventNames(names)).toEqual([]);
  });

  it.each([
    ['conversation.creatd', /Did you mean "conversation\.created"/],
    ['conversations.*', /Did you mean "conversation\.\*"/],
    ['Message.Created', /Did you mean "message\.created"/],
    ['conversation', /is not an event type/],
    ['*.created', /is not an event type/],
    ['webhook.test', /is not an event type/],
    ['conversation.typing', /is not an event type/],
    ['', /is not an event type/],
  ])('should reject %j', (name, message) => {
    expect(validateEventNames([name])).toEqual([expect.stringMatching(message)]);
  });

  it('should reject types that no domain publishes', () => {
    expect(validateEventNames(['ticket.created', 'sla.breached', 'csat.rated'])).toHaveLength(3);
  });
});

describe('matchingSubscriptions', () => {
  const isDelivered = (subscription: string, ...types: string[]): boolean =>
    matchingSubscriptions(types).includes(subscription);

  it.each(['*', 'message.*', 'message.created'])('should contain %s for message.created', (subscription) => {
    expect(isDelivered(subscription, 'message.created')).toBe(true);
  });

  it('should not contain * for a security event', () => {
    expect(matchingSubscriptions(['security.login'])).toEqual(['security.*', 'security.login']);
  });

  it.each(['message.updated', 'conversation.*', 'note.*', 'message'])(
    'should not contain %s for message.created',
    (subscription) => {
      expect(isDelivered(subscription, 'message.created')).toBe(false);
    },
  );

  it.each(['conversation.tagged', 'conversation.assigned', 'conversation.updated', 'conversation.*'])(
    'should contain %s for an event with several types',
    (subscription) => {
      expect(isDelivered(subscription, 'conversation.updated', 'conversation.tagged', 'conversation.assigned')).toBe(
        true,
      );
    },
  );
});

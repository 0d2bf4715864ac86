import { eventNames } from '@parley/messaging';
import { EVENT_TYPES, matchingSubscriptions, validateEventNames } from './event-catalogue.js';

describe('validateEventNames', () => {
  it('should accept event types, groups and the wildcard', () => {
    expect(
      validateEventNames([
        '*',
        'conversation.*',
        'message.created',
        'automation.ran',
        'webhook.disabled',
        'security.login',
        'sla.*',
      ]),
    ).toEqual([]);
  });

  it.each([
    ['conversation.creatd', /did you mean "conversation\.created"/],
    ['conversations.*', /did you mean "conversation\.\*"/],
    ['Message.Created', /did you mean "message\.created"/],
    ['conversation', /is not an event/],
    ['*.created', /is not an event/],
    ['webhook.test', /is not an event/],
    ['conversation.typing', /is not an event/],
    ['', /is not an event/],
  ])('should reject %j', (name, message) => {
    expect(validateEventNames([name])).toEqual([expect.stringMatching(message)]);
  });

  it('should accept the event types of all domains', () => {
    expect([...EVENT_TYPES]).toEqual(
      expect.arrayContaining([
        'conversation.created',
        'note.deleted',
        'contact.created',
        'team.member_added',
        'api_key.revoked',
      ]),
    );
  });
});

describe('matchingSubscriptions', () => {
  const isDelivered = (subscription: string, type: string, data: object = {}): boolean =>
    matchingSubscriptions(eventNames(type, data)).includes(subscription);

  it.each(['*', 'message.*', 'message.created'])('should match %s for a message event', (subscription) => {
    expect(isDelivered(subscription, 'message.created')).toBe(true);
  });

  it.each(['message.updated', 'conversation.*', 'note.*', 'message'])(
    'should not match %s for a message event',
    (subscription) => {
      expect(isDelivered(subscription, 'message.created')).toBe(false);
    },
  );

  it.each(['conversation.tagged', 'conversation.assigned', 'conversation.updated', 'conversation.*'])(
    'should match %s for an update of tags and assignee',
    (subscription) => {
      expect(
        isDelivered(subscription, 'conversation.updated', {
          changed: { tags: [[], ['vip']], assignee_id: [null, 'u1'] },
        }),
      ).toBe(true);
    },
  );

  it('should not match a kind of change that the event does not contain', () => {
    expect(
      isDelivered('conversation.resolved', 'conversation.updated', {
        changed: { tags: [[], ['vip']], assignee_id: [null, 'u1'] },
      }),
    ).toBe(false);
  });
});

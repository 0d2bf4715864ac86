import { matchingEventTypes } from '@parley/messaging';
import { EVENT_TYPES, matchingSubscriptions, validateEventNames } from './event-catalogue.js';

describe('unknownEvents', () => {
  it('should know names, groups and all', () => {
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
  ])('should not know %j', (name, message) => {
    expect(validateEventNames([name])).toEqual([expect.stringMatching(message)]);
  });

  it('should know what the domains publish', () => {
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

describe('subscriptionsTo', () => {
  const isDelivered = (subscription: string, type: string, data: object = {}): boolean =>
    matchingSubscriptions(matchingEventTypes(type, data)).includes(subscription);

  it.each(['*', 'message.*', 'message.created'])('should tell %s of a message', (subscription) => {
    expect(isDelivered(subscription, 'message.created')).toBe(true);
  });

  it.each(['message.updated', 'conversation.*', 'note.*', 'message'])(
    'should not tell %s of a message',
    (subscription) => {
      expect(isDelivered(subscription, 'message.created')).toBe(false);
    },
  );

  it.each(['conversation.tagged', 'conversation.assigned', 'conversation.updated', 'conversation.*'])(
    'should tell %s of a change of tags and assignee at once',
    (subscription) => {
      expect(
        isDelivered(subscription, 'conversation.updated', {
          changed: { tags: [[], ['vip']], assignee_id: [null, 'u1'] },
        }),
      ).toBe(true);
    },
  );

  it('should not tell of a kind of change that there was not', () => {
    expect(
      isDelivered('conversation.resolved', 'conversation.updated', {
        changed: { tags: [[], ['vip']], assignee_id: [null, 'u1'] },
      }),
    ).toBe(false);
  });
});

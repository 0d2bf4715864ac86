import type { Changed } from '@parley/kernel/events';
import { conversationEventTypes, CONVERSATION_EVENTS } from '@parley/messaging';
import { chooseEvent, eventSkipReason } from './dry-run-event.js';

const SUBJECT = {
  changeEventTypes: new Set(
    CONVERSATION_EVENTS.map(({ type }) => type).filter((type) => type !== 'conversation.created'),
  ),
  eventTypesOf: conversationEventTypes,
};
const REOPENED: Changed = { status: ['resolved', 'open'] };
const TAGGED: Changed = { tags: [[], ['vip']] };

describe('chooseEvent', () => {
  it.each([
    [['conversation.closed', 'message.created'], {}, 'conversation.closed'],
    [['conversation.closed', 'conversation.reopened'], REOPENED, 'conversation.reopened'],
    [['conversation.closed', 'message.created'], REOPENED, 'message.created'],
    [['conversation.updated'], TAGGED, 'conversation.updated'],
    [['conversation.closed'], TAGGED, 'conversation.tagged'],
    [['conversation.closed'], { subject: ['a', 'b'] } satisfies Changed, 'conversation.updated'],
  ])('should choose for the events %j and the changes %j the type %s', (events, changed, type) => {
    expect(chooseEvent({ events }, SUBJECT, changed)).toBe(type);
  });
});

describe('eventSkipReason', () => {
  it.each([
    [['message.created'], 'message.created', {}],
    [['conversation.updated'], 'conversation.tagged', {}],
    [['conversation.reopened'], 'conversation.updated', REOPENED],
    [['conversation.created'], 'conversation.created', {}],
  ])('should return null when a rule with the events %j gets %s', (events, type, changed) => {
    expect(eventSkipReason({ events }, SUBJECT, { type, changed })).toBeNull();
  });

  it.each([
    [['message.created'], 'conversation.tagged', TAGGED],
    [['conversation.updated'], 'message.created', TAGGED],
    [['conversation.updated'], 'conversation.created', {}],
    [['conversation.reopened'], 'conversation.tagged', TAGGED],
  ])('should return a reason when a rule with the events %j gets %s', (events, type, changed) => {
    expect(eventSkipReason({ events }, SUBJECT, { type, changed })).toBe(
      `The event "${type}" does not trigger the rule. Its events are: ${events.join(', ')}.`,
    );
  });
});

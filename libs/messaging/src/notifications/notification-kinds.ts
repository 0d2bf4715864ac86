import { defineNotificationKind } from '@parley/teams';

/** A conversation was assigned to the recipient. */
export const CONVERSATION_ASSIGNED = defineNotificationKind('conversation_assigned', {
  description: 'Another user or a rule assigned a conversation to you.',
  defaultChannels: { inApp: true, email: true },
});

/** A conversation was created in an inbox or for a team of the recipient. */
export const CONVERSATION_CREATED = defineNotificationKind('conversation_created', {
  description: 'A conversation was created in one of your team inboxes, or for one of your teams if it has no inbox.',
  defaultChannels: { inApp: false, email: false },
});

/** A reopened conversation lost its inactive assignee. */
export const CONVERSATION_UNASSIGNED = defineNotificationKind('conversation_unassigned', {
  description:
    'A conversation of an inactive user was reopened and has no assignee now. Sent to the members of its team, ' +
    'otherwise of its inbox, otherwise to owners and admins.',
  defaultChannels: { inApp: true, email: false },
});

/** A scheduled message could not be sent. */
export const SCHEDULED_MESSAGE_FAILED = defineNotificationKind('scheduled_message_failed', {
  description:
    'A scheduled message of yours was not sent. For a message of an inactive user or of an API key, sent to owners ' +
    'and admins.',
  defaultChannels: { inApp: true, email: true },
});

/** A note mentions the recipient. */
export const MENTIONED = defineNotificationKind('mentioned', {
  description: 'A note mentions you.',
  defaultChannels: { inApp: true, email: true },
});

/** The customer sent a message to the assignee. */
export const NEW_MESSAGE = defineNotificationKind('new_message', {
  description: 'The customer sent a message in a conversation that is assigned to you.',
  defaultChannels: { inApp: true, email: false },
});

/** The customer sent a message in a conversation that the recipient follows. */
export const PARTICIPATING_MESSAGE = defineNotificationKind('participating_message', {
  description: 'The customer sent a message in a conversation that you follow.',
  defaultChannels: { inApp: true, email: false },
});

/** A tag of the API documentation: a resource with one sentence about it. */
export type ApiTag = readonly [name: string, description: string];

/** The resources of the API, grouped by domain, those that a reader needs first at the top of each group. */
export const API_TAG_GROUPS: readonly (readonly [domain: string, tags: readonly ApiTag[]])[] = [
  [
    'Messaging',
    [
      [
        'Conversations',
        'Threads with contacts: status, assignment, priority, tags, merging, transcripts. Users without access to a ' +
          'limited inbox (`access` of the inbox) do not see its conversations, nor their messages, files and events.',
      ],
      ['Messages', 'Comments from contacts and replies to them.'],
      ['Conversation notes', 'Internal notes with mentions.'],
      ['Participants', 'Users who follow a conversation.'],
      ['Read state', 'Read and unread conversations, and unread counts.'],
      ['Scheduled messages', 'Messages that are sent later.'],
      ['Canned responses', 'Reply templates with Liquid variables.'],
      ['Quick replies', 'Buttons that contacts can select.'],
      ['Saved views', 'Stored filters of the conversation list.'],
      ['Conversation metadata', 'Arbitrary JSON of integrations.'],
      ['Files', 'Uploads, folders and downloads.'],
    ],
  ],
  [
    'Identity',
    [
      ['Contacts', 'Customers with their addresses, custom fields and timeline. Also `customer-profiles`.'],
      ['Contact notes', 'Internal notes about contacts.'],
      ['Companies', 'Companies of contacts.'],
      ['Segments', 'Sets of contacts that match a filter.'],
      ['Custom fields', 'Definitions of custom fields.'],
      ['Contact merges', 'Merging contacts and undoing it.'],
      ['Contact imports and exports', 'CSV files of contacts.'],
      ['Contact privacy', 'Data exports, deletion and erasure of contacts.'],
      ['Blocked visitors', 'Blocked contacts, addresses and networks.'],
    ],
  ],
  [
    'Workflow',
    [
      ['Tickets', 'Requests of contacts that are tracked until they are resolved.'],
      ['Ticket types', 'Types of tickets with forms and defaults.'],
      ['Ticket statuses', 'Custom statuses of tickets.'],
      ['Automations', 'Rules that run actions when events occur.'],
      ['Tags', 'Tags of conversations and tickets.'],
    ],
  ],
  [
    'Teams',
    [
      ['Current user', 'Profile and e-mail of the signed-in user.'],
      ['Users', 'Members of the workspace.'],
      ['Teams', 'Teams and their members.'],
      ['Inboxes', 'Team inboxes with business hours and automatic replies.'],
      ['Invitations', 'Inviting users and accepting invitations.'],
      ['Roles', 'Built-in and custom roles.'],
      ['API keys', 'Keys of services and users.'],
      ['Sign-in', 'Registration, passwords, tokens and single sign-on.'],
      ['Two-factor authentication', 'Authenticator apps and recovery codes.'],
      ['Sessions', 'Signed-in sessions.'],
      ['OIDC providers', 'Identity providers for single sign-on.'],
      ['Notifications', 'Notifications of users and their preferences.'],
      ['Organizations', 'Settings of the workspace.'],
    ],
  ],
  ['Knowledge', [['Articles', 'Articles of the knowledge base with versions.']]],
  [
    'Channels',
    [
      ['Webhooks', 'Endpoints that receive events.'],
      ['Webhook deliveries', 'Delivery log, redelivery and test deliveries.'],
    ],
  ],
  ['Analytics', [['Audit log', 'Changes with actor, time and values.']]],
  [
    'Platform',
    [
      ['Search', 'Full-text search over conversations, contacts, tickets and articles.'],
      ['Events', 'The event log, its stream and the catalogue of event types.'],
      ['Dead letters', 'Events, timers and jobs that failed repeatedly.'],
      ['Operations', 'Health checks and metrics.'],
      ['Pages', 'Pages that links in e-mails open.'],
    ],
  ],
];

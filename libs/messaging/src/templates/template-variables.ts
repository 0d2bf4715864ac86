/** Types of the values of template variables. */
export const TEMPLATE_VARIABLE_TYPES = ['text', 'number', 'date', 'text_list', 'object'] as const;

/** A variable of templates. */
export interface TemplateVariable {
  readonly name: string;
  readonly type: (typeof TEMPLATE_VARIABLE_TYPES)[number];
  readonly description: string;
}

function variable(name: string, description: string, type: TemplateVariable['type'] = 'text'): TemplateVariable {
  return { name, type, description };
}

/** Variables of templates, in the order of their documentation. A variable without a value is rendered as nothing. */
export const TEMPLATE_VARIABLE_DEFINITIONS: readonly TemplateVariable[] = [
  variable('contact.id', 'ID of the contact.'),
  variable('contact.name', "Contact's name."),
  variable('contact.first_name', "First word of the contact's name."),
  variable('contact.email', "Contact's primary e-mail address."),
  variable('contact.phone', "Contact's primary phone number."),
  variable('contact.company', "Contact's company."),
  variable('contact.identifier', "Contact's ID in an external system."),
  variable('contact.custom_fields', 'Custom fields of the contact, such as `contact.custom_fields.plan`.', 'object'),
  variable('conversation.id', 'ID of the conversation.'),
  variable('conversation.number', 'Sequence number within the workspace.', 'number'),
  variable('conversation.subject', 'Subject line.'),
  variable('conversation.status', 'Status.'),
  variable('conversation.priority', 'Priority.'),
  variable('conversation.channel', 'Channel the conversation arrived through.'),
  variable('conversation.tags', 'Names of the tags.', 'text_list'),
  variable(
    'conversation.custom_fields',
    'Custom fields of the conversation, such as `conversation.custom_fields.order_id`.',
    'object',
  ),
  variable('conversation.created_at', 'Time of creation.', 'date'),
  variable('message.id', 'ID of the message that triggered the text. No value if there is none.'),
  variable('message.body', 'Text of that message.'),
  variable('message.author', 'Name of the author of that message.'),
  variable('assignee.name', 'Name of the assigned user.'),
  variable('team.name', 'Name of the assigned team.'),
  variable('inbox.name', 'Name of the inbox.'),
  variable('agent.name', 'Name of the user who sends the text. No value in texts of rules and service keys.'),
  variable('agent.first_name', 'First word of the name of that user.'),
  variable('agent.email', 'E-mail address of that user.'),
  variable('event', 'Type of the event that triggered the text. No value outside rules.'),
  variable('now', 'Current time.', 'date'),
];

/** Names of the variables of templates. */
export const TEMPLATE_VARIABLES: readonly string[] = TEMPLATE_VARIABLE_DEFINITIONS.map(({ name }) => name);

import { MAX_TAGS } from '@parley/identity';
import {
  EnumField,
  EmailField,
  UuidField,
  JsonObjectField,
  NestedField,
  StringField,
  StringListField,
} from '@parley/kernel/http';
import { UserIdOrMeField, resolveUserIdOrMe } from '@parley/teams';
import { FirstMessageDto, toCreateMessageInput } from '../../messages/dto/create-message.dto.js';
import type { CreateConversationInput } from '../create-conversation-input.js';
import { PRIORITIES, type Priority } from '../conversation.view.js';

/** Contact of a new conversation; found by identifier, e-mail or phone number in that order, or created. */
export class ContactReferenceDto {
  @StringField({ description: "Contact's ID in an external system.", optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @EmailField({ description: "Contact's e-mail address.", optional: true, example: 'john@example.com' })
  email?: string;

  @StringField({ description: "Contact's full name.", optional: true, example: 'John Doe', trim: true })
  name?: string;

  @StringField({
    description:
      "Contact's phone number in international format, or in the national format of the workspace's " +
      'default country if one is set.',
    optional: true,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;
}

/** Fields of a new conversation. */
export class CreateConversationDto {
  @StringField({
    description: 'Subject line.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Missing invoice',
    trim: true,
  })
  subject?: string | null;

  @NestedField(() => ContactReferenceDto, {
    description:
      'Contact to find by identifier, e-mail or phone number in that order, or to create. Required ' +
      'unless `contact_id` is given. A phone number finds a contact only if it is the primary phone number of exactly one contact, and this contact ' +
      'has no other identifier or e-mail than the given ones: people share phone numbers.',
    optional: true,
  })
  contact?: ContactReferenceDto;

  @UuidField({ description: 'ID of the contact. Takes precedence over `contact`.', optional: true })
  contact_id?: string;

  @NestedField(() => FirstMessageDto, { description: 'First message of the conversation.', optional: true })
  message?: FirstMessageDto;

  @UuidField({ description: 'ID of the inbox.', optional: true, nullable: true, example: null })
  inbox_id?: string | null;

  @StringField({
    description:
      'Channel the conversation arrived through. Default: the channel of the inbox, or `api` without an inbox.',
    optional: true,
    min: 1,
    max: 40,
    pattern: /^[a-z][a-z0-9_-]*$/,
    patternHint: 'must be lower-case letters, digits, _ and -',
    example: 'email',
  })
  channel?: string;

  @EnumField(['open', 'pending'], {
    description: 'Initial status. Not changed by the first message. Default: `open`.',
    optional: true,
  })
  status?: 'open' | 'pending';

  @EnumField(PRIORITIES, { description: 'Priority. Default: `normal`.', optional: true, example: 'normal' })
  priority?: Priority;

  @UuidField({
    description: 'ID of the team to assign. Default: the team of the inbox. Pass `null` for no team.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @UserIdOrMeField({
    description: 'ID of the user to assign, or `me`.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @StringListField({
    description: 'Tags. Tags that do not exist are created.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: ['web'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Values of custom fields. Fields with the value `null` are ignored.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @JsonObjectField({ description: 'Arbitrary JSON for integrations.', optional: true, example: {} })
  metadata?: Record<string, unknown>;

  @StringField({
    description: 'ID in an external system. Unique within the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/**
 * Maps the request to the service input; `me` refers to the given user.
 * @throws DomainError BAD_REQUEST for a user reference that is neither an id nor `me`.
 */
export function toCreateConversationInput(dto: CreateConversationDto, me: string | null): CreateConversationInput {
  return {
    subject: dto.subject,
    contact: { ...dto.contact, ...(dto.contact_id !== undefined && { id: dto.contact_id }) },
    message: dto.message && toCreateMessageInput(dto.message, { defaultType: 'comment', path: 'message.' }),
    inboxId: dto.inbox_id,
    channel: dto.channel,
    status: dto.status,
    priority: dto.priority,
    teamId: dto.team_id,
    assigneeId: resolveUserIdOrMe('assigneeId', dto.assignee_id, me),
    tags: dto.tags,
    customFields: dto.custom_fields,
    metadata: dto.metadata,
    externalId: dto.external_id,
  };
}

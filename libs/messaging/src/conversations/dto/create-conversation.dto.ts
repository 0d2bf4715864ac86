import {
  EnumField,
  EmailField,
  UuidField,
  JsonObjectField,
  NestedField,
  StringField,
  StringListField,
} from '@parley/kernel/http';
import { FirstMessageDto, toCreateMessageInput } from '../../messages/dto/create-message.dto.js';
import { MAX_TAGS } from '../conversation-actions.service.js';
import type { CreateConversationInput } from '../conversation-creator.service.js';
import { PRIORITIES, type Priority } from '../conversation.view.js';
import { UserIdOrMeField, resolveUserIdOrMe } from './user-or-me.js';

/** Who a conversation is with; found by identifier, e-mail or telephone number in that order, or made. */
export class ContactReferenceDto {
  @StringField({ description: 'Your own id of this person.', optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @EmailField({ description: 'Where mail reaches them.', optional: true, example: 'john@example.com' })
  email?: string;

  @StringField({ description: 'Full name.', optional: true, example: 'John Doe' })
  name?: string;

  @StringField({
    description:
      "Telephone number: international form, or the national form of the workspace's default country where one is set.",
    optional: true,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;
}

/** A conversation to begin. */
export class CreateConversationDto {
  @StringField({
    description: 'What it is about.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Missing invoice',
  })
  subject?: string | null;

  @NestedField(() => ContactReferenceDto, { description: 'Who it is with. This or `contact_id`.', optional: true })
  contact?: ContactReferenceDto;

  @UuidField({ description: 'Id of the contact it is with. Comes before `contact`.', optional: true })
  contact_id?: string;

  @NestedField(() => FirstMessageDto, { description: 'What is said first.', optional: true })
  message?: FirstMessageDto;

  @UuidField({ description: 'Inbox that it arrives in.', optional: true, nullable: true, example: null })
  inbox_id?: string | null;

  @StringField({
    description: "The way it came in. Default is the inbox's channel, and `api` without an inbox.",
    optional: true,
    min: 1,
    max: 40,
    pattern: /^[a-z][a-z0-9_-]*$/,
    patternHint: 'must be lower-case letters, digits, _ and -',
    example: 'email',
  })
  channel?: string;

  @EnumField(['open', 'pending'], {
    description: 'Status to begin with, whatever is said first. Default open.',
    optional: true,
  })
  status?: 'open' | 'pending';

  @EnumField(PRIORITIES, { description: 'Default normal.', optional: true, example: 'normal' })
  priority?: Priority;

  @UuidField({
    description: "Team to give it to. Default is the inbox's team; null is none.",
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @UserIdOrMeField({
    description: 'User to give it to: an id, or `me`.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @StringListField({
    description: 'Tags; unknown ones register themselves.',
    optional: true,
    maxItems: MAX_TAGS,
    minLength: 1,
    maxLength: 100,
    example: ['web'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Fields of your own; those that are null are left out.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @JsonObjectField({ description: 'Whatever programs keep with it.', optional: true, example: {} })
  metadata?: Record<string, unknown>;

  @StringField({
    description: 'Your own id of it; unique in the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/** The request in the domain's names, of whom `me` stands for. @throws DomainError BAD_REQUEST for who is neither an id nor `me`. */
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
    assigneeId: resolveUserIdOrMe('assignee_id', dto.assignee_id, me),
    tags: dto.tags,
    customFields: dto.custom_fields,
    metadata: dto.metadata,
    externalId: dto.external_id,
  };
}

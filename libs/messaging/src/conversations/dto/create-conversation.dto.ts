import { Choice, Email, Id, JsonObject, Nested, Text, TextList } from '@parley/kernel';
import { FirstMessageDto, toNewMessage } from '../../messages/dto/new-message.dto.js';
import { MOST_TAGS } from '../conversation-edit.service.js';
import type { ConversationToBegin } from '../conversation-intake.service.js';
import { PRIORITIES, type Priority } from '../conversation.view.js';
import { UserOrMe, userOrMe } from './user-or-me.js';

/** Who a conversation is with; found by identifier, e-mail or telephone number in that order, or made. */
export class ContactReferenceDto {
  @Text({ description: 'Your own id of this person.', optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @Email({ description: 'Where mail reaches them.', optional: true, example: 'john@example.com' })
  email?: string;

  @Text({ description: 'Full name.', optional: true, example: 'John Doe' })
  name?: string;

  @Text({
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
  @Text({ description: 'What it is about.', optional: true, nullable: true, max: 500, example: 'Missing invoice' })
  subject?: string | null;

  @Nested(() => ContactReferenceDto, { description: 'Who it is with. This or `contact_id`.', optional: true })
  contact?: ContactReferenceDto;

  @Id({ description: 'Id of the contact it is with. Comes before `contact`.', optional: true })
  contact_id?: string;

  @Nested(() => FirstMessageDto, { description: 'What is said first.', optional: true })
  message?: FirstMessageDto;

  @Id({ description: 'Inbox that it arrives in.', optional: true, nullable: true, example: null })
  inbox_id?: string | null;

  @Text({
    description: "The way it came in. Default is the inbox's channel, and `api` without an inbox.",
    optional: true,
    min: 1,
    max: 40,
    pattern: /^[a-z][a-z0-9_-]*$/,
    patternHint: 'must be lower-case letters, digits, _ and -',
    example: 'email',
  })
  channel?: string;

  @Choice(['open', 'pending'], {
    description: 'Status to begin with, whatever is said first. Default open.',
    optional: true,
  })
  status?: 'open' | 'pending';

  @Choice(PRIORITIES, { description: 'Default normal.', optional: true, example: 'normal' })
  priority?: Priority;

  @Id({
    description: "Team to give it to. Default is the inbox's team; null is none.",
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @UserOrMe({ description: 'User to give it to: an id, or `me`.', optional: true, nullable: true, example: null })
  assignee_id?: string | null;

  @TextList({
    description: 'Tags; unknown ones register themselves.',
    optional: true,
    maxItems: MOST_TAGS,
    minLength: 1,
    maxLength: 100,
    example: ['web'],
  })
  tags?: string[];

  @JsonObject({
    description: 'Fields of your own; those that are null are left out.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @JsonObject({ description: 'Whatever programs keep with it.', optional: true, example: {} })
  metadata?: Record<string, unknown>;

  @Text({
    description: 'Your own id of it; unique in the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/** The request in the domain's names, of whom `me` stands for. @throws DomainError BAD_REQUEST for who is neither an id nor `me`. */
export function toConversationToBegin(dto: CreateConversationDto, me: string | null): ConversationToBegin {
  return {
    subject: dto.subject,
    contact: { ...dto.contact, ...(dto.contact_id !== undefined && { id: dto.contact_id }) },
    message: dto.message && toNewMessage(dto.message, { usualType: 'comment', path: 'message.' }),
    inboxId: dto.inbox_id,
    channel: dto.channel,
    status: dto.status,
    priority: dto.priority,
    teamId: dto.team_id,
    assigneeId: userOrMe('assignee_id', dto.assignee_id, me),
    tags: dto.tags,
    customFields: dto.custom_fields,
    metadata: dto.metadata,
    externalId: dto.external_id,
  };
}

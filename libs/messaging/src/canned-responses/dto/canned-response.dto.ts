import {
  Choice,
  givenFields,
  Id,
  IdList,
  Integer,
  Nested,
  NestedList,
  QueryList,
  Text,
  Time,
  TimedPageQueryDto,
} from '@parley/kernel';
import { NamedRefDto } from '../../conversations/dto/conversation.dto.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { AttachmentDto, toAttachmentDto } from '../../messages/dto/message.dto.js';
import { VISIBILITIES, type Visibility } from '../../sharing/audience.js';
import { OWNER_ID, TEAM, VISIBILITY, WANTED_TEAM_ID, WANTED_VISIBILITY } from '../../sharing/dto/audience-fields.js';
import { PREPARED_TYPES, TEMPLATE_VARIABLES, type PreparedType } from '../../templates/templates.js';
import type { CannedResponseFields, CannedResponseView } from '../canned-response.view.js';
import type { RenderedResponse } from '../canned-responses.service.js';

const SHORTCUT = {
  min: 1,
  max: 100,
  pattern: /^[^\s/]\S*$/,
  patternHint: 'must be one word, without a slash before it',
  example: 'refund',
};
const CONTENT = `What it says. Takes Liquid variables: ${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const EXAMPLE = 'Hello {{ contact.first_name }}, your money is on its way.';

/** A text that is written once and said often. */
export class CannedResponseDto {
  @Id({ description: 'Id of the canned response.' })
  id: string;

  @Text({
    ...SHORTCUT,
    description: 'What it is called up by; unique among those that are for the same people, regardless of case.',
  })
  shortcut: string;

  @Text({ description: CONTENT, max: 20_000, example: EXAMPLE })
  content: string;

  @Choice(PREPARED_TYPES, { description: 'How `content` is written.' })
  content_type: string;

  @IdList({ description: 'Files that go with it.', example: [] })
  attachment_ids: string[];

  @Choice(VISIBILITIES, VISIBILITY)
  visibility: string;

  @Nested(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @Id(OWNER_ID)
  owner_id: string | null;

  @Integer({ description: 'How often it was filled in.', example: 12 })
  usage_count: number;

  @Time({ description: 'When it was filled in last.', nullable: true })
  last_used_at: string | null;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a canned response; what is left out stays as it is. */
export class UpdateCannedResponseDto {
  @Text({ ...SHORTCUT, description: 'What it is called up by.', optional: true })
  shortcut?: string;

  @Text({ description: CONTENT, optional: true, min: 1, max: 20_000, example: EXAMPLE })
  content?: string;

  @Choice(PREPARED_TYPES, { description: 'How `content` is written. Default text.', optional: true })
  content_type?: PreparedType;

  @IdList({ description: 'Files that go with it.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @Choice(VISIBILITIES, WANTED_VISIBILITY)
  visibility?: Visibility;

  @Id(WANTED_TEAM_ID)
  team_id?: string | null;
}

/** A new canned response. */
export class CreateCannedResponseDto extends UpdateCannedResponseDto {
  @Text({
    ...SHORTCUT,
    description: 'What it is called up by; unique among those that are for the same people, regardless of case.',
  })
  declare shortcut: string;

  @Text({ description: CONTENT, min: 1, max: 20_000, example: EXAMPLE })
  declare content: string;
}

/** Which canned responses to list. */
export class CannedResponseListQueryDto extends TimedPageQueryDto {
  @Text({
    description: 'Only those with this in the shortcut or the text; those first whose shortcut begins with it.',
    optional: true,
    max: 200,
    example: 'ref',
  })
  q?: string;

  @QueryList({ description: 'Only those for these people.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @QueryList({ description: 'Only those of these teams: ids, or `none` for those of no team.', example: 'none' })
  team?: string[];

  @Choice(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** What to fill a canned response in from. */
export class RenderCannedResponseDto {
  @Id({ description: 'The conversation that it is to be said in.' })
  conversation_id: string;
}

/** A canned response with its variables filled in, ready to be sent. */
export class RenderedResponseDto {
  @Text({ description: 'What to say.', max: 5_000_000, example: 'Hello John, your money is on its way.' })
  content: string;

  @Choice(PREPARED_TYPES, { description: 'How `content` is written.' })
  content_type: string;

  @NestedList(() => AttachmentDto, { description: 'The files that go with it and are still there.' })
  attachments: AttachmentDto[];
}

/** The request in the domain's names; what was left out stays out. */
export function toCannedResponseFields(dto: UpdateCannedResponseDto): Partial<CannedResponseFields> {
  const {
    shortcut,
    content,
    content_type: contentType,
    attachment_ids: attachmentIds,
    visibility,
    team_id: teamId,
  } = dto;
  return givenFields({ visibility, teamId, shortcut, content, contentType, attachmentIds });
}

/** Puts a canned response on the wire. */
export function toCannedResponseDto(view: CannedResponseView): CannedResponseDto {
  return {
    id: view.id,
    shortcut: view.shortcut,
    content: view.content,
    content_type: view.contentType,
    attachment_ids: [...view.attachmentIds],
    visibility: view.visibility,
    team: view.team,
    owner_id: view.ownerId,
    usage_count: view.usageCount,
    last_used_at: view.lastUsedAt,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

/** Puts a filled-in response on the wire. */
export function toRenderedResponseDto(
  { content, contentType, attachments }: RenderedResponse,
  linkTo: (fileId: string) => string,
): RenderedResponseDto {
  return { content, content_type: contentType, attachments: attachments.map((file) => toAttachmentDto(file, linkTo)) };
}

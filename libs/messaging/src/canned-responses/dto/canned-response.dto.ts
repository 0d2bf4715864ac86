import {
  EnumField,
  omitUndefined,
  UuidField,
  UuidListField,
  IntegerField,
  NestedField,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { NamedRefDto } from '../../conversations/dto/conversation.dto.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { AttachmentDto, toAttachmentDto } from '../../messages/dto/message.dto.js';
import { VISIBILITIES, type Visibility } from '../../visibility/visibility.js';
import { OWNER_ID, TEAM, VISIBILITY, TEAM_ID_INPUT, VISIBILITY_INPUT } from '../../visibility/dto/visibility-fields.js';
import { TEMPLATE_CONTENT_TYPES, TEMPLATE_VARIABLES, type TemplateContentType } from '../../templates/templates.js';
import type { CannedResponseInput, CannedResponseView } from '../canned-response.view.js';
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
  @UuidField({ description: 'Id of the canned response.' })
  id: string;

  @StringField({
    ...SHORTCUT,
    description: 'What it is called up by; unique among those that are for the same people, regardless of case.',
  })
  shortcut: string;

  @StringField({ description: CONTENT, max: 20_000, example: EXAMPLE })
  content: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'How `content` is written.' })
  content_type: string;

  @UuidListField({ description: 'Files that go with it.', example: [] })
  attachment_ids: string[];

  @EnumField(VISIBILITIES, VISIBILITY)
  visibility: string;

  @NestedField(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @UuidField(OWNER_ID)
  owner_id: string | null;

  @IntegerField({ description: 'How often it was filled in.', example: 12 })
  usage_count: number;

  @DateField({ description: 'When it was filled in last.', nullable: true })
  last_used_at: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a canned response; what is left out stays as it is. */
export class UpdateCannedResponseDto {
  @StringField({ ...SHORTCUT, description: 'What it is called up by.', optional: true })
  shortcut?: string;

  @StringField({ description: CONTENT, optional: true, min: 1, max: 20_000, example: EXAMPLE })
  content?: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'How `content` is written. Default text.', optional: true })
  content_type?: TemplateContentType;

  @UuidListField({ description: 'Files that go with it.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @EnumField(VISIBILITIES, VISIBILITY_INPUT)
  visibility?: Visibility;

  @UuidField(TEAM_ID_INPUT)
  team_id?: string | null;
}

/** A new canned response. */
export class CreateCannedResponseDto extends UpdateCannedResponseDto {
  @StringField({
    ...SHORTCUT,
    description: 'What it is called up by; unique among those that are for the same people, regardless of case.',
  })
  declare shortcut: string;

  @StringField({ description: CONTENT, min: 1, max: 20_000, example: EXAMPLE })
  declare content: string;
}

/** Which canned responses to list. */
export class CannedResponseListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only those with this in the shortcut or the text; those first whose shortcut begins with it.',
    optional: true,
    max: 200,
    example: 'ref',
  })
  q?: string;

  @ListQueryField({ description: 'Only those for these people.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @ListQueryField({ description: 'Only those of these teams: ids, or `none` for those of no team.', example: 'none' })
  team?: string[];

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** What to fill a canned response in from. */
export class RenderCannedResponseDto {
  @UuidField({ description: 'The conversation that it is to be said in.' })
  conversation_id: string;
}

/** A canned response with its variables filled in, ready to be sent. */
export class RenderedResponseDto {
  @StringField({ description: 'What to say.', max: 5_000_000, example: 'Hello John, your money is on its way.' })
  content: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'How `content` is written.' })
  content_type: string;

  @NestedListField(() => AttachmentDto, { description: 'The files that go with it and are still there.' })
  attachments: AttachmentDto[];
}

/** The request in the domain's names; what was left out stays out. */
export function toCannedResponseInput(dto: UpdateCannedResponseDto): Partial<CannedResponseInput> {
  const {
    shortcut,
    content,
    content_type: contentType,
    attachment_ids: attachmentIds,
    visibility,
    team_id: teamId,
  } = dto;
  return omitUndefined({ visibility, teamId, shortcut, content, contentType, attachmentIds });
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
  buildFileUrl: (fileId: string) => string,
): RenderedResponseDto {
  return {
    content,
    content_type: contentType,
    attachments: attachments.map((file) => toAttachmentDto(file, buildFileUrl)),
  };
}

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
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { NamedRefDto } from '../../conversations/dto/conversation.dto.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { AttachmentDto, toAttachmentDto } from '../../messages/dto/message.dto.js';
import { VISIBILITIES, type Visibility } from '../../visibility/visibility.js';
import { OWNER_ID, TEAM, VISIBILITY, TEAM_ID_INPUT, VISIBILITY_INPUT } from '../../visibility/dto/visibility-fields.js';
import { TEMPLATE_VARIABLES } from '../../templates/template-variables.js';
import { TEMPLATE_CONTENT_TYPES, type TemplateContentType } from '../../templates/templates.js';
import type { CannedResponseInput, CannedResponseView } from '../canned-response.view.js';
import type { RenderedResponse } from '../canned-responses.service.js';

const SHORTCUT = {
  min: 1,
  max: 100,
  pattern: /^[^\s/]\S*$/,
  patternHint: 'must be one word without a leading slash',
  example: 'refund',
};
const CONTENT =
  'Message text. Liquid template with the variables ' +
  `${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const EXAMPLE = 'Hello {{ contact.first_name }}, your refund is on its way.';

/** Reusable message text. */
export class CannedResponseDto {
  @UuidField({ description: 'ID of the canned response.' })
  id: string;

  @StringField({
    ...SHORTCUT,
    description:
      'Word that inserts the response in a composer. Case-insensitive and unique within the workspace, ' +
      'the team or the owner that the response belongs to.',
  })
  shortcut: string;

  @StringField({ description: CONTENT, max: 20_000, example: EXAMPLE })
  content: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'Format of `content`.' })
  content_type: string;

  @UuidListField({ description: 'IDs of the files to attach.', example: [] })
  attachment_ids: string[];

  @EnumField(VISIBILITIES, VISIBILITY)
  visibility: string;

  @NestedField(() => NamedRefDto, TEAM)
  team: NamedRefDto | null;

  @UuidField(OWNER_ID)
  owner_id: string | null;

  @IntegerField({ description: 'Number of times the response was rendered.', example: 12 })
  usage_count: number;

  @DateField({ description: 'Time of the last rendering. Null if it was never rendered.', nullable: true })
  last_used_at: string | null;

  @NestedListField(() => ProblemDto, {
    description:
      'References to a deleted team and to deleted files, and, in `content`, custom fields that are not ' +
      'defined although others are, or whose definition was deleted. Computed for each response.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update in a canned response. Omitted fields stay unchanged. */
export class UpdateCannedResponseDto {
  @StringField({
    ...SHORTCUT,
    description:
      'Word that inserts the response in a composer. Case-insensitive and unique within the workspace, ' +
      'the team or the owner that the response belongs to.',
    optional: true,
  })
  shortcut?: string;

  @StringField({ description: CONTENT, optional: true, min: 1, max: 20_000, example: EXAMPLE })
  content?: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'Format of `content`. Default: `text`.', optional: true })
  content_type?: TemplateContentType;

  @UuidListField({ description: 'IDs of the files to attach.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @EnumField(VISIBILITIES, VISIBILITY_INPUT)
  visibility?: Visibility;

  @UuidField(TEAM_ID_INPUT)
  team_id?: string | null;
}

/** Fields of a new canned response. */
export class CreateCannedResponseDto extends UpdateCannedResponseDto {
  @StringField({
    ...SHORTCUT,
    description:
      'Word that inserts the response in a composer. Case-insensitive and unique within the workspace, ' +
      'the team or the owner that the response belongs to.',
  })
  declare shortcut: string;

  @StringField({ description: CONTENT, min: 1, max: 20_000, example: EXAMPLE })
  declare content: string;
}

/** Filter of the list of canned responses. */
export class CannedResponseListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Text to find in the shortcut or the content. Responses whose shortcut starts with it come first.',
    optional: true,
    max: 200,
    example: 'ref',
  })
  q?: string;

  @ListQueryField({ description: 'Visibilities to include.', values: VISIBILITIES, example: 'workspace' })
  visibility?: string[];

  @ListQueryField({ description: 'Team IDs to include. `none` matches responses without a team.', example: 'none' })
  team?: string[];

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Data source for the variables of a canned response. */
export class RenderCannedResponseDto {
  @UuidField({ description: 'ID of the conversation whose data replaces the variables.' })
  conversation_id: string;
}

/** Canned response with its variables replaced, ready to send. */
export class RenderedResponseDto {
  @StringField({
    description: 'Message text with all variables replaced.',
    max: 5_000_000,
    example: 'Hello John, your refund is on its way.',
  })
  content: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'Format of `content`.' })
  content_type: string;

  @NestedListField(() => AttachmentDto, { description: 'Files to attach. Deleted files are omitted.' })
  attachments: AttachmentDto[];
}

/** Maps the request to the service input. Omitted fields stay undefined. */
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

export function toCannedResponseDto(view: WithProblems<CannedResponseView>): CannedResponseDto {
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
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

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

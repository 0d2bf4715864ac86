import {
  EnumField,
  omitUndefined,
  UuidField,
  IntegerField,
  NestedListField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { TEMPLATE_VARIABLES } from '../../templates/template-variables.js';
import type { QuickReplyInput, QuickReplyView } from '../quick-reply.view.js';

const BODY =
  'Reply text. Liquid template with the variables ' + `${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const EXAMPLE = 'Thank you, {{ contact.first_name }}!';
const POSITION = { min: 0, max: 1_000_000, example: 0 };

/** Reply that the composer offers as a button. */
export class QuickReplyDto {
  @UuidField({ description: 'ID of the quick reply.' })
  id: string;

  @StringField({ description: 'Button label.', example: 'Thanks' })
  title: string;

  @StringField({ description: BODY, max: 5000, example: EXAMPLE })
  body: string;

  @StringField({
    description: 'Text with its variables replaced for the requested conversation. Null without `conversation_id`.',
    nullable: true,
    max: 5_000_000,
    example: 'Thank you, John!',
  })
  rendered: string | null;

  @UuidField({
    description: 'ID of the inbox that offers the reply. Null if all inboxes offer it.',
    nullable: true,
    example: null,
  })
  inbox_id: string | null;

  @IntegerField({ ...POSITION, description: 'Sort position, starting at 0.' })
  position: number;

  @NestedListField(() => ProblemDto, {
    description:
      'The reference to a deleted inbox, and, in `body`, custom fields that are not ' +
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

/** Fields to update in a quick reply. Omitted fields stay unchanged. */
export class UpdateQuickReplyDto {
  @StringField({ description: 'Button label.', optional: true, min: 1, max: 100, example: 'Thanks', trim: true })
  title?: string;

  @StringField({ description: BODY, optional: true, min: 1, max: 5000, example: EXAMPLE })
  body?: string;

  @UuidField({
    description: 'ID of the inbox that offers the reply. Pass `null` to offer it in all inboxes.',
    optional: true,
    nullable: true,
    example: null,
  })
  inbox_id?: string | null;

  @IntegerField({
    ...POSITION,
    description: 'Sort position, starting at 0. Default for a new reply: last.',
    optional: true,
  })
  position?: number;
}

/** Fields of a new quick reply. */
export class CreateQuickReplyDto extends UpdateQuickReplyDto {
  @StringField({ description: 'Button label.', min: 1, max: 100, example: 'Thanks', trim: true })
  declare title: string;

  @StringField({ description: BODY, min: 1, max: 5000, example: EXAMPLE })
  declare body: string;
}

/** Filter of the list of quick replies. */
export class QuickReplyListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Text to find in the title or the body.',
    optional: true,
    max: 200,
    example: 'thank',
  })
  q?: string;

  @UuidField({
    description: 'ID of a conversation. Returns only the replies offered in it, with `rendered` set.',
    optional: true,
  })
  conversation_id?: string;

  @StringField({
    description:
      'ID of an inbox, or `none`. Returns the replies that the inbox offers, or only those that all ' +
      'inboxes offer.',
    optional: true,
    max: 36,
    example: 'none',
  })
  inbox?: string;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Maps the request to the service input. Omitted fields stay undefined. */
export function toUpdateQuickReplyInput({
  title,
  body,
  inbox_id: inboxId,
  position,
}: UpdateQuickReplyDto): Partial<QuickReplyInput> {
  return omitUndefined({ title, body, inboxId, position });
}

export function toQuickReplyDto(
  view: WithProblems<QuickReplyView> & { readonly rendered?: string | null },
): QuickReplyDto {
  const { id, title, body, rendered = null, inboxId, position, version, createdAt, updatedAt } = view;
  return {
    id,
    title,
    body,
    rendered,
    inbox_id: inboxId,
    position,
    problems: view.problems.map(toProblemDto),
    version,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

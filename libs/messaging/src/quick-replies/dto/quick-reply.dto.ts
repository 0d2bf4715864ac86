import { EnumField, omitUndefined, UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import { TEMPLATE_VARIABLES } from '../../templates/templates.js';
import type { RenderedQuickReply, QuickReplyInput } from '../quick-reply.view.js';

const BODY = `What it says. Takes Liquid variables: ${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const EXAMPLE = 'Thank you, {{ contact.first_name }}!';
const POSITION = { min: 0, max: 1_000_000, example: 0 };

/** A reply that the composer offers at one press. */
export class QuickReplyDto {
  @UuidField({ description: 'Id of the quick reply.' })
  id: string;

  @StringField({ description: 'What stands on the button.', example: 'Thanks' })
  title: string;

  @StringField({ description: BODY, max: 5000, example: EXAMPLE })
  body: string;

  @StringField({
    description: 'The same filled in for the conversation that was asked for; null when none was.',
    nullable: true,
    max: 5_000_000,
    example: 'Thank you, John!',
  })
  rendered: string | null;

  @UuidField({ description: 'Offered in this inbox only; null is everywhere.', nullable: true, example: null })
  inbox_id: string | null;

  @IntegerField({ ...POSITION, description: 'Place among the others, from 0.' })
  position: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a quick reply; what is left out stays as it is. */
export class UpdateQuickReplyDto {
  @StringField({ description: 'What stands on the button.', optional: true, min: 1, max: 100, example: 'Thanks' })
  title?: string;

  @StringField({ description: BODY, optional: true, min: 1, max: 5000, example: EXAMPLE })
  body?: string;

  @UuidField({
    description: 'Offered in this inbox only; null is everywhere.',
    optional: true,
    nullable: true,
    example: null,
  })
  inbox_id?: string | null;

  @IntegerField({
    ...POSITION,
    description: 'Place among the others, from 0. Default is after all others.',
    optional: true,
  })
  position?: number;
}

/** A new quick reply. */
export class CreateQuickReplyDto extends UpdateQuickReplyDto {
  @StringField({ description: 'What stands on the button.', min: 1, max: 100, example: 'Thanks' })
  declare title: string;

  @StringField({ description: BODY, min: 1, max: 5000, example: EXAMPLE })
  declare body: string;
}

/** Which quick replies to list. */
export class QuickReplyListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only those with this in the title or the text.',
    optional: true,
    max: 200,
    example: 'thank',
  })
  q?: string;

  @UuidField({ description: 'Only those offered in this conversation, filled in for it.', optional: true })
  conversation_id?: string;

  @StringField({
    description: 'Only those offered in this inbox: its id, or `none` for those offered everywhere.',
    optional: true,
    max: 36,
    example: 'none',
  })
  inbox?: string;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** The request in the domain's names; what was left out stays out. */
export function toUpdateQuickReplyInput({
  title,
  body,
  inbox_id: inboxId,
  position,
}: UpdateQuickReplyDto): Partial<QuickReplyInput> {
  return omitUndefined({ title, body, inboxId, position });
}

/** Puts a quick reply on the wire. */
export function toQuickReplyDto(
  view: Omit<RenderedQuickReply, 'rendered'> & { readonly rendered?: string | null },
): QuickReplyDto {
  const { id, title, body, rendered = null, inboxId, position, version, createdAt, updatedAt } = view;
  return {
    id,
    title,
    body,
    rendered,
    inbox_id: inboxId,
    position,
    version,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

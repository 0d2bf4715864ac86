import { UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import type { TagView } from '../tag.view.js';

const COLOR = { pattern: /^#[0-9a-fA-F]{6}$/, patternHint: 'must be a colour such as #10b981', max: 7 } as const;

/** A tag that the workspace knows. */
export class TagDto {
  @UuidField({ description: 'Id of the tag.' })
  id: string;

  @StringField({ description: 'Name, as it stands on conversations.', example: 'billing' })
  name: string;

  @StringField({ description: 'Colour to show it in.', example: '#10b981' })
  color: string;

  @StringField({ description: 'What it is for.', nullable: true, max: 1000, example: null })
  description: string | null;

  @IntegerField({ description: 'Conversations that have it.', example: 42 })
  count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was registered.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new tag. */
export class CreateTagDto {
  @StringField({ description: 'Name; upper and lower case are different tags.', min: 1, max: 100, example: 'billing' })
  name: string;

  @StringField({
    description: 'Colour to show it in; one is chosen by default.',
    optional: true,
    example: '#10b981',
    ...COLOR,
  })
  color?: string;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

/** What to change about a tag. */
export class UpdateTagDto {
  @StringField({ description: 'Colour to show it in.', optional: true, example: '#ef4444', ...COLOR })
  color?: string;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

/** Which tags to list. */
export class TagListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Only tags whose name has this in it.', optional: true, max: 100, example: 'bill' })
  q?: string;
}

/** Puts a tag on the wire. */
export function toTagDto(tag: TagView): TagDto {
  return {
    id: tag.id,
    name: tag.name,
    color: tag.color,
    description: tag.description,
    count: tag.count,
    version: tag.version,
    created_at: tag.createdAt,
    updated_at: tag.updatedAt,
  };
}

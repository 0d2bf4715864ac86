import { UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import type { TagView } from '../tag.view.js';

const COLOR = { pattern: /^#[0-9a-fA-F]{6}$/, patternHint: 'must be a color such as #10b981', max: 7 } as const;

/** Tag of a workspace. */
export class TagDto {
  @UuidField({ description: 'ID of the tag.' })
  id: string;

  @StringField({ description: 'Name of the tag.', example: 'billing' })
  name: string;

  @StringField({ description: 'Display color as `#rrggbb`.', example: '#10b981' })
  color: string;

  @StringField({ description: 'Description of the tag.', nullable: true, max: 1000, example: null })
  description: string | null;

  @IntegerField({
    description: 'Number of conversations with the tag, including those that you cannot see.',
    example: 42,
  })
  count: number;

  @IntegerField({ description: 'Number of tickets with the tag, including those that you cannot see.', example: 3 })
  ticket_count: number;

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

/** Fields of a new tag. */
export class CreateTagDto {
  @StringField({
    description:
      'Name of the tag. Unique within the workspace without regard to case. A tag that contacts or companies have ' +
      'already keeps the spelling of its first use.',
    min: 1,
    max: 100,
    example: 'billing',
    trim: true,
  })
  name: string;

  @StringField({
    description: 'Display color as `#rrggbb`. Default: a color derived from the name.',
    optional: true,
    example: '#10b981',
    ...COLOR,
  })
  color?: string;

  @StringField({
    description: 'Description of the tag.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

/** Fields to update in a tag. Omitted fields stay unchanged. */
export class UpdateTagDto {
  @StringField({ description: 'Display color as `#rrggbb`.', optional: true, example: '#ef4444', ...COLOR })
  color?: string;

  @StringField({
    description: 'Description of the tag.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'Invoices and refunds',
  })
  description?: string | null;
}

/** Filter of the list of tags. */
export class TagListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Text to find in the name.', optional: true, max: 100, example: 'bill' })
  q?: string;
}

export function toTagDto(tag: TagView): TagDto {
  return {
    id: tag.id,
    name: tag.name,
    color: tag.color,
    description: tag.description,
    count: tag.count,
    ticket_count: tag.ticketCount,
    version: tag.version,
    created_at: tag.createdAt,
    updated_at: tag.updatedAt,
  };
}

import { Id, Integer, Text, Time, TimedPageQueryDto } from '@parley/kernel';
import type { TagView } from '../tag.view.js';

const COLOR = { pattern: /^#[0-9a-fA-F]{6}$/, patternHint: 'must be a colour such as #10b981', max: 7 } as const;

/** A tag that the workspace knows. */
export class TagDto {
  @Id({ description: 'Id of the tag.' })
  id: string;

  @Text({ description: 'Name, as it stands on conversations.', example: 'billing' })
  name: string;

  @Text({ description: 'Colour to show it in.', example: '#10b981' })
  color: string;

  @Text({ description: 'What it is for.', nullable: true, max: 1000, example: null })
  description: string | null;

  @Integer({ description: 'Conversations that have it.', example: 42 })
  count: number;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was registered.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A new tag. */
export class CreateTagDto {
  @Text({ description: 'Name; upper and lower case are different tags.', min: 1, max: 100, example: 'billing' })
  name: string;

  @Text({
    description: 'Colour to show it in; one is chosen by default.',
    optional: true,
    example: '#10b981',
    ...COLOR,
  })
  color?: string;

  @Text({ description: 'What it is for.', optional: true, nullable: true, max: 1000, example: 'Invoices and refunds' })
  description?: string | null;
}

/** What to change about a tag. */
export class UpdateTagDto {
  @Text({ description: 'Colour to show it in.', optional: true, example: '#ef4444', ...COLOR })
  color?: string;

  @Text({ description: 'What it is for.', optional: true, nullable: true, max: 1000, example: 'Invoices and refunds' })
  description?: string | null;
}

/** Which tags to list. */
export class TagListQueryDto extends TimedPageQueryDto {
  @Text({ description: 'Only tags whose name has this in it.', optional: true, max: 100, example: 'bill' })
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

import { EnumField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';

/** Of a list that begins with what was made first. */
export const ASCENDING_OPTIONS = {
  description: 'Direction of the list. Default asc.',
  optional: true,
  example: 'asc',
} as const;

/** A page of a list that begins with what was made first, narrowed to a time if wanted. */
export class OldestFirstQueryDto extends TimedPageQueryDto {
  @EnumField(['asc', 'desc'], ASCENDING_OPTIONS)
  declare order_dir?: 'asc' | 'desc';
}

/** The same of what people look up by its name. */
export class NamedListQueryDto extends OldestFirstQueryDto {
  @EnumField(['created_at', 'name'], {
    description: 'What the list goes by; names regardless of case. Default created_at.',
    optional: true,
    example: 'name',
  })
  order_by?: 'created_at' | 'name';
}

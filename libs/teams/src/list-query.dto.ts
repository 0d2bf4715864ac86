import { EnumField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';

/** Options of `order_dir` for lists that are sorted ascending by default. */
export const ASCENDING_OPTIONS = {
  description: 'Sort direction. Default: `asc`.',
  optional: true,
  example: 'asc',
} as const;

/** Query of a list that is sorted oldest first by default. */
export class OldestFirstQueryDto extends TimedPageQueryDto {
  @EnumField(['asc', 'desc'], ASCENDING_OPTIONS)
  declare order_dir?: 'asc' | 'desc';
}

/** Query of a list that can be sorted by name. */
export class NamedListQueryDto extends OldestFirstQueryDto {
  @EnumField(['created_at', 'name'], {
    description: 'Sort field. Names are compared case-insensitively. Default: `created_at`.',
    optional: true,
    example: 'name',
  })
  order_by?: 'created_at' | 'name';
}

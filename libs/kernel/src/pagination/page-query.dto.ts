import { EnumField, StringField, DateField } from '../http/fields.js';
import { IntegerQueryField } from '../http/query-fields.js';

/** Paging parameters: `limit` with `offset` or `cursor`, or `page` with `per_page`. */
export class PageQueryDto {
  @IntegerQueryField({
    description: 'Maximum number of objects to return. Default: 20. Can be combined with `offset` or `cursor`.',
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerQueryField({ description: 'Number of objects to skip. Default: 0.', min: 0, max: 1_000_000, example: 0 })
  offset?: number;

  @IntegerQueryField({
    description: 'Page number, starting from 1. Can be combined with `per_page`.',
    min: 1,
    max: 1_000_000,
    example: 1,
  })
  page?: number;

  @IntegerQueryField({ description: 'Number of objects per page. Default: 25.', min: 1, max: 100, example: 25 })
  per_page?: number;

  @StringField({
    description:
      '`meta.next_cursor` of the previous page. Objects that are created or deleted in the meantime do not ' +
      'shift the pages. Valid only with the same filters and the same order.',
    max: 2000,
    optional: true,
  })
  cursor?: string;

  @EnumField(['asc', 'desc'], {
    description: 'Direction of `order_by`. Default: `desc`.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';
}

/** Paging and a range of creation times, for lists of objects that are never updated. */
export class CreatedPageQueryDto extends PageQueryDto {
  @DateField({ description: 'Only objects created at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only objects created before this time.', optional: true })
  created_before?: string;
}

/** Paging and ranges of creation and update times. */
export class TimedPageQueryDto extends CreatedPageQueryDto {
  @DateField({ description: 'Only objects updated at or after this time.', optional: true })
  updated_after?: string;

  @DateField({ description: 'Only objects updated before this time.', optional: true })
  updated_before?: string;
}

import { EnumField, StringField, DateField, IntegerQueryField } from '../http/fields.js';

/** Paging: `limit` with `offset` or `cursor`, or `page` with `per_page`. */
export class PageQueryDto {
  @IntegerQueryField({
    description: 'Most objects to return. Default 20. Goes with `offset` or `cursor`.',
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerQueryField({ description: 'Objects to skip from the start. Default 0.', min: 0, max: 1_000_000, example: 0 })
  offset?: number;

  @IntegerQueryField({ description: 'Page number, from 1. Goes with `per_page`.', min: 1, max: 1_000_000, example: 1 })
  page?: number;

  @IntegerQueryField({ description: 'Objects on a page. Default 25.', min: 1, max: 100, example: 25 })
  per_page?: number;

  @StringField({
    description:
      '`meta.next_cursor` of the page before. Stable while objects come and go; belongs to the filters and order it came from.',
    max: 2000,
    optional: true,
  })
  cursor?: string;

  @EnumField(['asc', 'desc'], {
    description: 'Direction of `order_by`. Default desc.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';
}

/** Paging and the times between which something was made, for what does not change afterwards. */
export class CreatedPageQueryDto extends PageQueryDto {
  @DateField({ description: 'Only what was created at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only what was created before this time.', optional: true })
  created_before?: string;
}

/** Paging and the time ranges that every list can be narrowed to. */
export class TimedPageQueryDto extends CreatedPageQueryDto {
  @DateField({ description: 'Only what was updated at or after this time.', optional: true })
  updated_after?: string;

  @DateField({ description: 'Only what was updated before this time.', optional: true })
  updated_before?: string;
}

import { BooleanField, IntegerField, StringField } from './fields.js';

/** Where a page stands in its list. */
export class ListMetaDto {
  @IntegerField({ description: 'Objects that match in all. Exact up to 10,000.', example: 150 })
  total: number;

  @IntegerField({ description: 'Same as `total`.', example: 150 })
  total_count: number;

  @BooleanField({ description: 'True when `total` is above 10,000 and therefore an estimate.', example: false })
  total_is_estimate: boolean;

  @IntegerField({ description: 'Most objects on this page.', example: 20 })
  limit: number;

  @IntegerField({ description: 'Objects before this page; null when a cursor led here.', example: 0, nullable: true })
  offset: number | null;

  @IntegerField({
    description: 'Number of this page, from 1; null when a cursor led here.',
    example: 1,
    nullable: true,
  })
  current_page: number | null;

  @IntegerField({ description: 'Same as `limit`.', example: 20 })
  per_page: number;

  @StringField({
    description: 'Cursor of the next page; null on the last one.',
    example: 'eyJ2IjpbIjIwMjYtMDEtMTUiXX0',
    nullable: true,
    max: 2000,
  })
  next_cursor: string | null;

  @BooleanField({ description: 'Whether there is a next page.', example: true })
  has_more: boolean;
}

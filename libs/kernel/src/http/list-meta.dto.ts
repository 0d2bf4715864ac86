import { BooleanField, IntegerField, StringField } from './fields.js';

/** Metadata of a page. */
export class ListMetaDto {
  @IntegerField({ description: 'Number of matching objects. Exact up to 10,000.', example: 150 })
  total: number;

  @IntegerField({ description: 'Same as `total`.', example: 150 })
  total_count: number;

  @BooleanField({ description: 'True if `total` is more than 10,000 and therefore an estimate.', example: false })
  total_is_estimate: boolean;

  @IntegerField({ description: 'Maximum number of objects on this page.', example: 20 })
  limit: number;

  @IntegerField({
    description: 'Number of objects before this page; null if the page was requested with a cursor.',
    example: 0,
    nullable: true,
  })
  offset: number | null;

  @IntegerField({
    description: 'Number of this page, starting from 1; null if the page was requested with a cursor.',
    example: 1,
    nullable: true,
  })
  current_page: number | null;

  @IntegerField({ description: 'Same as `limit`.', example: 20 })
  per_page: number;

  @StringField({
    description: 'Cursor of the next page; null on the last page.',
    example: 'eyJ2IjpbIjIwMjYtMDEtMTUiXX0',
    nullable: true,
    max: 2000,
  })
  next_cursor: string | null;

  @BooleanField({ description: 'True if there is a next page.', example: true })
  has_more: boolean;
}

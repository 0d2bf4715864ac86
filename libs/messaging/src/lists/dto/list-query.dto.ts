import { PageQueryDto, Time } from '@parley/kernel';

/** Options of `order_dir` where a list begins with the first of its order. */
export const ASCENDING = { description: 'Direction of the list. Default asc.', optional: true, example: 'asc' };

/** Options of `order_dir` where a list begins with the last of its order. */
export const DESCENDING = { description: 'Direction of the list. Default desc.', optional: true, example: 'desc' };

/** Paging of what is made and never changed. */
export class CreatedPageQueryDto extends PageQueryDto {
  @Time({ description: 'Only what was created at or after this time.', optional: true })
  created_after?: string;

  @Time({ description: 'Only what was created before this time.', optional: true })
  created_before?: string;
}

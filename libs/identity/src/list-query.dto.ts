import { PageQueryDto, Time } from '@parley/kernel';

/** A page of a list of what never changes, or whose changes nobody looks for. */
export class CreatedPageQueryDto extends PageQueryDto {
  @Time({ description: 'Only what was created at or after this time.', optional: true })
  created_after?: string;

  @Time({ description: 'Only what was created before this time.', optional: true })
  created_before?: string;
}

import { EnumField, UuidField, IntegerField, NestedField, StringField, DateField } from '../../http/fields.js';
import type { BulkRunView } from '../bulk-run.js';

/** Why one of many was not changed. */
export class BulkErrorDto {
  @StringField({ description: 'Code of the error, as in refusals.', example: 'NOT_FOUND' })
  code: string;

  @StringField({ description: 'The error in words.', max: 2000, example: 'Conversation not found' })
  message: string;
}

/** What became of one of many; a domain says which ways there are. */
export class BulkOutcomeDto {
  @UuidField({ description: 'Which one it was.' })
  id: string;

  @NestedField(() => BulkErrorDto, { description: 'Why it was not changed.', nullable: true, example: null })
  error: BulkErrorDto | null;
}

/** How far a change of many has come; a domain adds the results. */
export class BulkRunDto {
  @UuidField({ description: 'Id to ask for its progress by; kept for 30 days.' })
  id: string;

  @EnumField(['running', 'completed'], { description: 'Whether work goes on.', example: 'completed' })
  status: string;

  @IntegerField({ description: 'How many it is for.', example: 1 })
  total: number;

  @IntegerField({ description: 'How many are now as asked for.', example: 1 })
  succeeded: number;

  @IntegerField({ description: 'How many could not be changed.', example: 0 })
  failed: number;

  @DateField({ description: 'When it began.' })
  created_at: string;

  @DateField({ description: 'When it was completed; null while it runs.', nullable: true })
  completed_at: string | null;
}

/** Puts a run on the wire. */
export function toBulkRunDto<Result extends BulkOutcomeDto>({
  id,
  status,
  total,
  succeeded,
  failed,
  results,
  createdAt,
  completedAt,
}: BulkRunView): BulkRunDto & { results: Result[] } {
  return {
    id,
    status,
    total,
    succeeded,
    failed,
    results: results as readonly BulkOutcomeDto[] as Result[],
    created_at: createdAt,
    completed_at: completedAt,
  };
}

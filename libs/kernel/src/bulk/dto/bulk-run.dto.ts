import { EnumField, UuidField, IntegerField, NestedField, StringField, DateField } from '../../http/fields.js';
import type { BulkRunView } from '../bulk-run.js';

/** Error of one object in a bulk update. */
export class BulkErrorDto {
  @StringField({ description: 'Error code, as in error responses.', example: 'NOT_FOUND' })
  code: string;

  @StringField({ description: 'Error message.', max: 2000, example: 'Conversation not found' })
  message: string;
}

/** Result for one object. A domain adds the `status`. */
export class BulkOutcomeDto {
  @UuidField({ description: 'ID of the object.' })
  id: string;

  @NestedField(() => BulkErrorDto, {
    description: 'Reason why the object was not updated; null if it was.',
    nullable: true,
    example: null,
  })
  error: BulkErrorDto | null;
}

/** Progress of a bulk update. A domain adds the results. */
export class BulkRunDto {
  @UuidField({ description: 'ID of the bulk update. Available for 30 days.' })
  id: string;

  @EnumField(['running', 'completed'], {
    description: '`completed` when all objects have been processed.',
    example: 'completed',
  })
  status: string;

  @IntegerField({ description: 'Number of objects to update.', example: 1 })
  total: number;

  @IntegerField({ description: 'Number of objects that have the requested values.', example: 1 })
  succeeded: number;

  @IntegerField({ description: 'Number of objects that could not be updated.', example: 0 })
  failed: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of completion; null while the update is running.', nullable: true })
  completed_at: string | null;
}

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

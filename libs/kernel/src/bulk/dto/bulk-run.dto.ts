import {
  BooleanField,
  EnumField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
  DateField,
} from '../../http/fields.js';
import { MAX_BULK_SAMPLE_SIZE, type BulkPreview, type BulkRunView } from '../bulk-run.js';

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
    description:
      'Reason why the object was not updated; null if it was. For an undo, also the fields that it did not restore.',
    nullable: true,
    example: null,
  })
  error: BulkErrorDto | null;
}

/** Number of objects that an undo left as they are, by reason. */
export class BulkSkipReasonsDto {
  @IntegerField({ description: 'Number of objects whose fields have all changed since.', example: 0 })
  changed: number;

  @IntegerField({ description: 'Number of objects that have been merged into others.', example: 0 })
  merged: number;

  @IntegerField({ description: 'Number of objects that have been deleted.', example: 0 })
  deleted: number;
}

/** Counts and times of a bulk update. */
export class BulkProgressDto {
  @EnumField(['running', 'completed'], {
    description: '`completed` when all objects have been processed.',
    example: 'completed',
  })
  status: string;

  @IntegerField({
    description: 'Number of objects to update. This and the other numbers include objects that you cannot see.',
    example: 1,
  })
  total: number;

  @IntegerField({ description: 'Number of objects that have the requested values.', example: 1 })
  succeeded: number;

  @IntegerField({ description: 'Number of objects that could not be updated.', example: 0 })
  failed: number;

  @NestedField(() => BulkSkipReasonsDto, {
    description: 'Number of objects that an undo left as they are, by reason.',
    example: { changed: 0, merged: 0, deleted: 0 },
  })
  skipped: BulkSkipReasonsDto;

  @UuidField({
    description: 'ID of the bulk update that this run undoes; null if it is not an undo.',
    nullable: true,
    example: null,
  })
  undoes_id: string | null;

  @UuidField({
    description: 'ID of the run that undoes this one; null if there is none.',
    nullable: true,
    example: null,
  })
  undo_id: string | null;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of completion; null while the update is running.', nullable: true })
  completed_at: string | null;
}

/** Progress of a bulk update. A domain adds the results. */
export class BulkRunDto extends BulkProgressDto {
  @UuidField({ description: 'ID of the bulk update. Available for 30 days.' })
  id: string;
}

/** Change that a bulk update would make to one object. */
export class BulkSampleDto {
  @UuidField({ description: 'ID of the object.' })
  id: string;

  @JsonObjectField({
    description: 'Current and new values as `[before, after]`, by field. Empty if nothing would change.',
    maxBytes: 1_000_000,
    example: { priority: ['normal', 'low'] },
  })
  changed: Record<string, unknown>;

  @NestedField(() => BulkErrorDto, {
    description: 'Reason why the object cannot be updated; null if it can.',
    nullable: true,
    example: null,
  })
  error: BulkErrorDto | null;
}

/** Progress of a new bulk update, or the result of a dry run. A domain adds the results. */
export class BulkPreviewDto extends BulkProgressDto {
  @UuidField({ description: 'ID of the bulk update; null for a dry run. Available for 30 days.', nullable: true })
  id: string | null;

  @BooleanField({ description: 'True for a dry run, which changes nothing.', example: false })
  dry_run: boolean;

  @NestedListField(() => BulkSampleDto, {
    description: `Changes to the first ${MAX_BULK_SAMPLE_SIZE} objects in a dry run; otherwise null.`,
    maxItems: MAX_BULK_SAMPLE_SIZE,
    nullable: true,
    example: null,
  })
  sample: BulkSampleDto[] | null;
}

export function toBulkRunDto<Result extends BulkOutcomeDto>({
  id,
  status,
  total,
  succeeded,
  failed,
  skipped,
  results,
  undoesId,
  undoId,
  createdAt,
  completedAt,
}: BulkRunView): BulkRunDto & { results: Result[] } {
  return {
    id,
    status,
    total,
    succeeded,
    failed,
    skipped: { changed: 0, merged: 0, deleted: 0, ...skipped },
    results: results as readonly BulkOutcomeDto[] as Result[],
    undoes_id: undoesId,
    undo_id: undoId,
    created_at: createdAt,
    completed_at: completedAt,
  };
}

/** Maps a new bulk update or a dry run. */
export function toBulkPreviewDto<Result extends BulkOutcomeDto>(
  run: BulkRunView | BulkPreview,
  now: Date,
): BulkPreviewDto & { results: Result[] } {
  if ('id' in run) return { ...toBulkRunDto<Result>(run), dry_run: false, sample: null };
  const at = now.toISOString();
  const none = { id: '', status: 'completed', succeeded: 0, failed: 0, skipped: {}, results: [] } as const;
  return {
    ...toBulkRunDto<Result>({
      ...none,
      total: run.total,
      undoesId: null,
      undoId: null,
      createdAt: at,
      completedAt: at,
    }),
    id: null,
    dry_run: true,
    sample: run.sample.map(({ id, changes, error }) => ({ id, changed: { ...changes }, error })),
  };
}

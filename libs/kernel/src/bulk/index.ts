export {
  type BulkFieldChanges,
  type BulkFields,
  diffBulkFields,
  planBulkUndo,
  skipBulkFields,
} from './bulk-changes.js';
export { changedSinceMessage, toSkipped } from './bulk-items.js';
export {
  type BulkOutcome,
  type BulkPreview,
  type BulkRequest,
  type BulkRunView,
  type BulkUpdateEventData,
  distinctIds,
  listFilterFields,
  MAX_BULK_SAMPLE_SIZE,
  MAX_SYNCHRONOUS_BULK_SIZE,
  toRequestedChanges,
} from './bulk-run.js';
export { BulkRunner } from './bulk-runner.service.js';
export { BulkRunsRepository } from './bulk-runs.repository.js';
export { bulkStatements } from './bulk-statements.js';
export { BulkOutcomeDto, BulkPreviewDto, BulkRunDto, toBulkPreviewDto, toBulkRunDto } from './dto/bulk-run.dto.js';

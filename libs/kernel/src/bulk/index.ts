export { type BulkRequest, type BulkRunView, distinctIds, MAX_SYNCHRONOUS_BULK_SIZE } from './bulk-run.js';
export { BulkRunner } from './bulk-runner.service.js';
export { BulkRunsRepository, bulkStatements } from './bulk-runs.repository.js';
export { BulkOutcomeDto, BulkRunDto, toBulkRunDto } from './dto/bulk-run.dto.js';

import { defineRateClass } from '@parley/kernel/http';

/** Imports and exports, which start long jobs. */
export const IMPORT_EXPORT = defineRateClass('import_export', 5, { countsOnlyWork: true });

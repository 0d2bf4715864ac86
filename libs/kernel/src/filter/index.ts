export { foldCase } from './case-fold.js';
export { compileFilter } from './compile-filter.js';
export { describeFilterLanguage, FILTER_SCHEMA } from './describe-filter.js';
export { FilterFieldsDto, toFilterFieldsDto } from './dto/filter-field.dto.js';
export { evaluateFilter } from './evaluate-filter.js';
export { type ConditionExplanation, explainFilter, type FilterExplanation } from './explain-filter.js';
export {
  type FieldCatalogue,
  defineFieldCatalogue,
  type FieldDefinition,
  type FieldFamily,
  type FieldReference,
} from './field-catalogue.js';
export { matchesPattern, patternIssue } from './filter-pattern.js';
export { type FieldType, FILTER_LIMITS, type FilterNode, type FilterSubject } from './filter-types.js';
export { parseInstant } from './instant.js';
export { invalidFilterError } from './invalid-filter-error.js';
export { listFields } from './list-fields.js';
export { nearestName } from './nearest-name.js';
export { type ParsedFilter, parseFilter } from './parse-filter.js';
export { type ValidFilter, type ValidNode } from './valid-filter.js';

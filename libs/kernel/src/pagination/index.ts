export { anyOfCondition, rangeConditions, timeConditions, type TimeRange, toTimeRange } from './list-conditions.js';
export { ListReader } from './list-reader.service.js';
export { CreatedPageQueryDto, PageQueryDto, TimedPageQueryDto } from './page-query.dto.js';
export { type ListQuery, nameKey, type OrderKey, type SearchCondition, sortableName } from './page-sql.js';
export {
  type HttpPageRequest,
  type ListResponse,
  type Page,
  type PageRequest,
  parsePageRequest,
  toListResponse,
  type Total,
} from './page.js';
export { readVisiblePage } from './visible-page.js';

export {
  AnyJsonField,
  BooleanField,
  DateField,
  EmailField,
  EnumField,
  type FieldOptions,
  IntegerField,
  JsonObjectField,
  NestedField,
  NestedListField,
  NumberField,
  StringField,
  StringListField,
  UrlField,
  UuidField,
  UuidListField,
} from './fields.js';
export { BooleanQueryField, IntegerQueryField, ListQueryField } from './query-fields.js';
export { withFieldAliases } from './field-aliases.js';
export { httpAdapter, installHttp } from './http-server.js';
export { parseIdFilter, parseIds, parseUserIdFilter } from './id-filters.js';
export { IdParam } from './id.pipe.js';
export { assertVersion, IfMatch, toUpdateResponse } from './if-match.js';
export { type ItemResponse, toResponse } from './item-response.js';
export { omitUndefined } from './omit-undefined.js';
export { buildOpenApiDocument } from './openapi.js';
export { Operation } from './operation.js';
export { defineRateClass, excludeFromRateClass } from './rate-class.js';
export { MaxUploadBytes, type Upload, uploadsOf } from './uploads.js';
export { validateObject } from './validation.js';

export { Clock } from './clock/clock.js';
export { settingsFromEnvironment } from './config/environment.js';
export {
  environmentSchema,
  type Plan,
  PLANS,
  readSettings,
  type Settings,
  SETTINGS,
  SettingsError,
} from './config/settings.js';
export {
  type Actor,
  currentActor,
  currentContext,
  type Principal,
  runAs,
  runInContext,
  systemContext,
  withSystemScope,
} from './context/request-context.js';
export {
  badRequestError,
  DomainError,
  type ErrorCode,
  notFoundError,
  unprocessableError,
} from './errors/domain-error.js';
export { atPath, FieldConflictError, fieldConflictError, unprocessableFieldError } from './errors/field-error.js';
export { type FieldPath } from './errors/field-path.js';
export { sentence, THE_FIELD } from './errors/field-sentence.js';
export { assertNoIssues, type InputIssue, InvalidInputError, invalidInputError } from './errors/invalid-input-error.js';
export { createLogger } from './logging/logging.js';
export { NestLogger } from './logging/nest-logger.js';
export { isUuid, newId } from './ids/ids.js';
export { KernelModule, type KernelOptions } from './kernel.module.js';

import {
  ValidationPipe,
  type ArgumentMetadata,
  type PipeTransform,
  type Type,
  type ValidationError,
  type ValidationPipeOptions,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../config/settings.js';
import { badRequestError } from '../errors/domain-error.js';
import { assertBodyLimits, assertListSizes, shortenField } from './body-limits.js';
import { currentContract } from './contract.js';

/**
 * Rules on the type of a value. A value of the wrong type also fails all other rules, whose messages are then
 * redundant.
 */
const TYPE_RULES = new Set([
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isArray',
  'isUuid',
  'isIn',
  'isIso8601',
  'isJsonObject',
  'isDefined',
]);

function selectRelevantErrors(
  failed: readonly [rule: string, message: string][],
): readonly [rule: string, message: string][] {
  const typeFailures = failed.filter(([rule]) => TYPE_RULES.has(rule));
  return typeFailures.length > 0 ? typeFailures : failed;
}

/** True if the object has no value for the field. */
function isMissing({ target, property, constraints = {} }: ValidationError): boolean {
  const object = target as Record<string, unknown> | undefined;
  return object !== undefined && object[property] === undefined && !('whitelistValidation' in constraints);
}

/** Maximum number of fields that an error lists. */
export const MAX_LISTED_FIELDS = 50;

function collectErrors(errors: readonly ValidationError[], prefix: string, target: Record<string, string[]>): void {
  for (const error of errors) {
    if (Object.keys(target).length >= MAX_LISTED_FIELDS) return;
    const index = /^\d+$/.test(error.property);
    const path = shortenField(
      prefix === '' ? error.property : index ? `${prefix}[${error.property}]` : `${prefix}.${error.property}`,
    );
    const failed = Object.entries(error.constraints ?? {});
    const messages = selectRelevantErrors(failed).map(([rule, message]) =>
      rule === 'whitelistValidation' ? `${path} is not a known field` : message,
    );
    if (messages.length > 0) target[path] = isMissing(error) ? [`${path} is required`] : messages;
    collectErrors(error.children ?? [], path, target);
  }
}

/** The messages of a failed validation, by field path. */
export function fieldErrors(errors: readonly ValidationError[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  collectErrors(errors, '', fields);
  return fields;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/**
 * Validates an object whose DTO class depends on another field.
 * @param path first segment of the paths of errors.
 * @throws DomainError BAD_REQUEST with all errors by path.
 */
export function validateObject<T extends object>(type: Type<T>, value: object, path: string): T {
  const instance = plainToInstance(type, value);
  const problems: Record<string, string[]> = {};
  collectErrors(validateSync(instance, STRICT), path, problems);
  if (Object.keys(problems).length > 0) throw badRequestError(problems);
  return instance;
}

const MAX_CACHED_QUERIES = 2_000;
const MAX_CACHED_QUERY_LENGTH = 500;

/**
 * Validates bodies and queries against their DTOs. An unknown field is an error. Clients repeat the same list queries
 * often, so valid queries are cached: the same text results in the same DTO.
 */
class RequestValidationPipe extends ValidationPipe {
  constructor(
    options: ValidationPipeOptions,
    private readonly hasCache: boolean,
  ) {
    super(options);
  }

  private readonly cache = new LRUCache<string, object>({ max: MAX_CACHED_QUERIES });
  private readonly names = new Map<unknown, number>();

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Values without a DTO have their own pipes. Nest's type requires a promise, but it accepts plain values.
    if (metadata.type === 'custom' || metadata.type === 'param') return value as Promise<unknown>;
    if (!this.hasCache || metadata.type !== 'query' || metadata.data !== undefined)
      return super.transform(value, metadata) as Promise<unknown>;
    const text = JSON.stringify(value);
    if (text.length > MAX_CACHED_QUERY_LENGTH) return super.transform(value, metadata) as Promise<unknown>;
    const key = `${this.nameOf(metadata.metatype)}${text}`;
    const cached = this.cache.get(key);
    return cached ? (copyDto(cached) as Promise<unknown>) : this.validateAndCache(value, metadata, key);
  }

  private async validateAndCache(value: unknown, metadata: ArgumentMetadata, key: string): Promise<unknown> {
    const validated = (await super.transform(value, metadata)) as object;
    this.cache.set(key, copyDto(validated));
    return validated;
  }

  private nameOf(type: unknown): number {
    const cached = this.names.get(type);
    if (cached !== undefined) return cached;
    this.names.set(type, this.names.size);
    return this.names.size - 1;
  }
}

function copyDto(dto: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(dto) as object) as object, dto);
}

const OPTIONS = {
  transform: true,
  // Needed to distinguish missing fields from those of a wrong type.
  validationError: { target: true, value: false },
  exceptionFactory: (errors: ValidationError[]) => badRequestError(fieldErrors(errors)),
};

/** Applies the handling of unknown fields of the request's contract. */
class ContractValidationPipe implements PipeTransform {
  private readonly rejecting: PipeTransform;
  private readonly ignoring: PipeTransform;

  constructor(hasCache: boolean) {
    this.rejecting = new RequestValidationPipe({ ...OPTIONS, ...STRICT }, hasCache);
    this.ignoring = new RequestValidationPipe({ ...OPTIONS, whitelist: true, forbidUnknownValues: true }, hasCache);
  }

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') {
      assertBodyLimits(value);
      assertListSizes(metadata.metatype, value);
    }
    const pipe = currentContract().unknownFields === 'reject' ? this.rejecting : this.ignoring;
    return pipe.transform(value, metadata) as Promise<unknown>;
  }
}

/** The validation pipe of all routes. */
export function validationPipe({ queryCache }: Pick<Settings, 'queryCache'>): PipeTransform {
  return new ContractValidationPipe(queryCache);
}

import { ValidationPipe, type ArgumentMetadata, type Type, type ValidationError } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LRUCache } from 'lru-cache';
import { badRequest } from '../errors/domain-error.js';

/** What is of another kind altogether fails every other rule as well, which says nothing more. */
const KINDS = new Set([
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

function telling(failed: readonly [rule: string, message: string][]): readonly [rule: string, message: string][] {
  const kinds = failed.filter(([rule]) => KINDS.has(rule));
  return kinds.length > 0 ? kinds : failed;
}

function collect(errors: readonly ValidationError[], prefix: string, into: Record<string, string[]>): void {
  for (const error of errors) {
    const index = /^\d+$/.test(error.property);
    const path =
      prefix === '' ? error.property : index ? `${prefix}[${error.property}]` : `${prefix}.${error.property}`;
    const messages = telling(Object.entries(error.constraints ?? {})).map(([rule, message]) =>
      rule === 'whitelistValidation' ? `${path} is not a known field` : message,
    );
    if (messages.length > 0) into[path] = messages;
    collect(error.children ?? [], path, into);
  }
}

/** The messages of a failed validation, by field path. */
export function fieldErrors(errors: readonly ValidationError[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  collect(errors, '', fields);
  return fields;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/**
 * Checks an object that only becomes a DTO by what another field says.
 * @param path what the paths of faults begin with.
 * @throws DomainError BAD_REQUEST with every fault by its path.
 */
export function checkedObject<T extends object>(type: Type<T>, value: object, path: string): T {
  const made = plainToInstance(type, value);
  const faults: Record<string, string[]> = {};
  collect(validateSync(made, STRICT), path, faults);
  if (Object.keys(faults).length > 0) throw badRequest(faults);
  return made;
}

const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 500;

/**
 * Checks bodies and queries against their DTOs; an unknown field is an error. Clients ask the same lists with the same
 * queries again and again, so queries that passed are remembered: the same text gives the same DTO.
 */
class RequestValidation extends ValidationPipe {
  private readonly passed = new LRUCache<string, object>({ max: MOST_REMEMBERED });
  private readonly names = new Map<unknown, number>();

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // What is no DTO has pipes of its own; Nest's types ask for a promise, but it takes plain values as they are.
    if (metadata.type === 'custom' || metadata.type === 'param') return value as Promise<unknown>;
    if (metadata.type !== 'query' || metadata.data !== undefined)
      return super.transform(value, metadata) as Promise<unknown>;
    const text = JSON.stringify(value);
    if (text.length > LONGEST_REMEMBERED) return super.transform(value, metadata) as Promise<unknown>;
    const key = `${this.nameOf(metadata.metatype)}${text}`;
    const known = this.passed.get(key);
    return known ? (copyOf(known) as Promise<unknown>) : this.check(value, metadata, key);
  }

  private async check(value: unknown, metadata: ArgumentMetadata, key: string): Promise<unknown> {
    const checked = (await super.transform(value, metadata)) as object;
    this.passed.set(key, copyOf(checked));
    return checked;
  }

  private nameOf(type: unknown): number {
    const known = this.names.get(type);
    if (known !== undefined) return known;
    this.names.set(type, this.names.size);
    return this.names.size - 1;
  }
}

function copyOf(dto: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(dto) as object) as object, dto);
}

/** The one validation pipe. */
export function validationPipe(): ValidationPipe {
  return new RequestValidation({
    transform: true,
    ...STRICT,
    exceptionFactory: (errors) => badRequest(fieldErrors(errors)),
  });
}

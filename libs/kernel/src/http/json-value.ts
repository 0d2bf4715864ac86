import { registerDecorator, type ValidationOptions } from 'class-validator';

/** Limits of a free-form JSON object. */
export interface JsonLimits {
  readonly maxDepth: number;
  /** Maximum size of the JSON text in bytes. */
  readonly maxBytes: number;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isWithinDepth(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithinDepth(inner, depth - 1));
}

/** Validates that a value is a JSON object (not a list or a text) within the limits. */
export function IsJsonObject(limits: JsonLimits, options: ValidationOptions = {}): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isJsonObject',
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message: ({ value }) => buildMessage(limits, value, options.each === true), ...options },
      validator: {
        validate: (value: unknown) =>
          isPlainObject(value) &&
          isWithinDepth(value, limits.maxDepth) &&
          Buffer.byteLength(JSON.stringify(value)) <= limits.maxBytes,
      },
    });
  };
}

function buildMessage({ maxBytes, maxDepth }: JsonLimits, value: unknown, each: boolean): string {
  const objects = each ? Array.isArray(value) && value.every(isPlainObject) : isPlainObject(value);
  const subject = each ? 'each item of $property' : '$property';
  return objects
    ? `${subject} must have at most ${maxBytes} bytes and ${maxDepth} levels`
    : `${subject} must be an object`;
}

const MAX_BODY_DEPTH = 32;
const NUL = String.fromCharCode(0);

/**
 * Properties of every object. A lookup by one of these names would find the inherited property and accept an unknown
 * field.
 */
const INHERITED_KEYS = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** The path and message of the first value or key that cannot be stored, or null if there is none. */
export function findUnstorableValue(value: unknown, path = ''): { path: string; message: string } | null {
  const pending: { value: unknown; path: string; depth: number }[] = [{ value, path, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const found = typeof next.value === 'string' ? findUnstorableText(next.value) : null;
    if (found) return { path: next.path, message: found };
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= MAX_BODY_DEPTH)
      return { path: next.path, message: `is nested more than ${MAX_BODY_DEPTH} levels deep` };
    for (const [key, inner] of Object.entries(next.value)) {
      const childPath = Array.isArray(next.value)
        ? `${next.path}[${key}]`
        : next.path === ''
          ? key
          : `${next.path}.${key}`;
      const problem = INHERITED_KEYS.has(key) ? `is not allowed: ${key}` : findUnstorableText(key);
      if (problem) return { path: next.path || 'body', message: `has a key that ${problem}` };
      pending.push({ value: inner, path: childPath, depth: next.depth + 1 });
    }
  }
  return null;
}

function findUnstorableText(text: string): string | null {
  if (text.includes(NUL)) return 'must not contain NUL characters';
  if (!(text as string & { isWellFormed(): boolean }).isWellFormed())
    return 'must be well-formed Unicode without lone surrogates';
  return null;
}

import { registerDecorator, type ValidationOptions } from 'class-validator';

/** Bounds of a free-form JSON object. */
export interface JsonBounds {
  readonly maxDepth: number;
  /** Most bytes of its JSON text. */
  readonly maxBytes: number;
}

function plainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function shallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => shallow(inner, depth - 1));
}

/** Checks for a JSON object (no list, no text) within bounds. */
export function IsJsonObject(bounds: JsonBounds, options: ValidationOptions = {}): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isJsonObject',
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message: ({ value }) => messageFor(bounds, value, options.each === true), ...options },
      validator: {
        validate: (value: unknown) =>
          plainObject(value) &&
          shallow(value, bounds.maxDepth) &&
          Buffer.byteLength(JSON.stringify(value)) <= bounds.maxBytes,
      },
    });
  };
}

function messageFor({ maxBytes, maxDepth }: JsonBounds, value: unknown, each: boolean): string {
  const objects = each ? Array.isArray(value) && value.every(plainObject) : plainObject(value);
  const of = each ? 'each item of $property' : '$property';
  return objects ? `${of} must have at most ${maxBytes} bytes and ${maxDepth} levels` : `${of} must be an object`;
}

const DEEPEST_BODY = 32;
const NUL = String.fromCharCode(0);

/** Names that every object has already: what looks them up would find those, and take an unknown field for a known one. */
const INHERITED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** Where a JSON value holds something that cannot be stored, as `path: message`; null when all of it is clean. */
export function uncleanPart(value: unknown, path = ''): { path: string; message: string } | null {
  const pending: { value: unknown; path: string; depth: number }[] = [{ value, path, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const found = typeof next.value === 'string' ? uncleanText(next.value) : null;
    if (found) return { path: next.path, message: found };
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= DEEPEST_BODY)
      return { path: next.path, message: `is nested more than ${DEEPEST_BODY} levels deep` };
    for (const [key, inner] of Object.entries(next.value)) {
      const at = Array.isArray(next.value) ? `${next.path}[${key}]` : next.path === '' ? key : `${next.path}.${key}`;
      const wrong = INHERITED.has(key) ? `is not allowed: ${key}` : uncleanText(key);
      if (wrong) return { path: next.path || 'body', message: `has a key that ${wrong}` };
      pending.push({ value: inner, path: at, depth: next.depth + 1 });
    }
  }
  return null;
}

function uncleanText(text: string): string | null {
  if (text.includes(NUL)) return 'must not contain NUL characters';
  if (!(text as string & { isWellFormed(): boolean }).isWellFormed())
    return 'must be well-formed Unicode (it has a lone surrogate)';
  return null;
}

import { DomainError, type ErrorCode } from './domain-error.js';
import { toSnakeCasePath, type FieldNaming, type FieldPath } from './field-path.js';
import type { FieldSentence } from './field-sentence.js';

/** Message and details of an error in the names of a contract. */
export interface FieldErrorText {
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/**
 * An error about fields of the input, in the names of the domain. Contracts put their own names on the wire; `message`
 * has the names in snake_case, for logs and stored failures.
 */
export abstract class FieldError extends DomainError {
  /** Message and details with the names of a contract. */
  abstract describe(nameOf: FieldNaming): FieldErrorText;

  /** The same error for an input whose fields have other paths. */
  abstract mapPaths(map: (path: FieldPath) => FieldPath): FieldError;

  /** The same error for an input that is a part of another, at the given path. Sentences stay unchanged. */
  abstract within(...prefix: FieldPath): FieldError;
}

/** An error about one field and its value. */
abstract class SingleFieldError extends FieldError {
  constructor(
    code: ErrorCode,
    readonly path: FieldPath,
    protected readonly text: string | FieldSentence,
  ) {
    super(code, render(text, path, toSnakeCasePath));
  }

  describe(nameOf: FieldNaming): FieldErrorText {
    return { message: render(this.text, this.path, nameOf), details: this.detailsFor(nameOf) };
  }

  mapPaths(map: (path: FieldPath) => FieldPath): FieldError {
    return this.at(map(this.path), typeof this.text === 'string' ? this.text : this.text.mapPaths(map));
  }

  within(...prefix: FieldPath): FieldError {
    return this.at([...prefix, ...this.path], this.text);
  }

  protected abstract detailsFor(nameOf: FieldNaming): Record<string, unknown>;

  protected abstract at(path: FieldPath, text: string | FieldSentence): FieldError;
}

/** A field is well-formed, but its value cannot be used. Becomes UNPROCESSABLE with the value by field. */
export class UnprocessableFieldError extends SingleFieldError {
  constructor(
    path: FieldPath,
    text: string | FieldSentence,
    readonly value: unknown,
  ) {
    super('UNPROCESSABLE', path, text);
  }

  protected detailsFor(nameOf: FieldNaming): Record<string, unknown> {
    return { [nameOf(this.path)]: this.value };
  }

  protected at(path: FieldPath, text: string | FieldSentence): FieldError {
    return new UnprocessableFieldError(path, text, this.value);
  }
}

/** The value of a field is already used. Becomes CONFLICT with the field and facts about its owner. */
export class FieldConflictError extends SingleFieldError {
  constructor(
    path: FieldPath,
    text: string | FieldSentence,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super('CONFLICT', path, text);
  }

  protected detailsFor(nameOf: FieldNaming): Record<string, unknown> {
    const facts = Object.entries(this.facts).map(([name, value]) => [nameOf([name]), value] as const);
    return { field: nameOf(this.path), ...Object.fromEntries(facts) };
  }

  protected at(path: FieldPath, text: string | FieldSentence): FieldError {
    return new FieldConflictError(path, text, this.facts);
  }
}

/** Error for a field whose value cannot be used, such as the ID of an object that does not exist. */
export function unprocessableFieldError(
  path: string | FieldPath,
  message: string | FieldSentence,
  value: unknown,
): UnprocessableFieldError {
  return new UnprocessableFieldError(typeof path === 'string' ? [path] : path, message, value);
}

/** Error for a field whose value is already used; `facts` describe the owner. */
export function fieldConflictError(
  path: string | FieldPath,
  message: string | FieldSentence,
  facts: Readonly<Record<string, unknown>> = {},
): FieldConflictError {
  return new FieldConflictError(typeof path === 'string' ? [path] : path, message, facts);
}

/**
 * Runs `work` on a part of an input. The paths of fields in its errors get the prefix.
 * @throws the errors of `work`.
 */
export async function atPath<T>(prefix: FieldPath, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FieldError ? error.within(...prefix) : error;
  }
}

function render(text: string | FieldSentence, path: FieldPath, nameOf: FieldNaming): string {
  return typeof text === 'string' ? text : text.render(path, nameOf);
}

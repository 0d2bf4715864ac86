import type { FieldPath } from '../errors/field-path.js';

/** An object that others refer to. */
export interface ReferenceTarget {
  /** Name of a type declared with `defineReferenceType`. */
  readonly type: string;
  /** ID of the object, or the name that others refer to it by, such as `contact.plan` for a custom field. */
  readonly id: string;
}

/** A field of an object that refers to another object. */
export interface Reference {
  readonly path: FieldPath;
  readonly target: ReferenceTarget;
  /** True if the reference has no effect on an inactive object, such as an assignment to a deactivated user. */
  readonly mustBeActive?: boolean;
  /** True if the ID can be that of an object of another type, so that it is no problem if no object of this type has it. */
  readonly isUncertain?: boolean;
}

/** State of an object that others refer to. Objects without a state do not exist. */
export interface TargetState extends ReferenceTarget {
  readonly active: boolean;
  /**
   * True if the object, unless it is active, does not exist, but references to it are valid: a tag that was deleted can
   * be used again.
   */
  readonly isAbsent?: boolean;
  /** Name of a similar object, if it is absent. */
  readonly suggestion?: string;
}

/** A type of object that others refer to. */
export interface ReferenceType {
  /** Name in the singular: `team`. */
  readonly name: string;
  /** Predicate of a reference to an object that does not exist: `is not the ID of a team`. */
  readonly missing: string;
}

const types = new Map<string, ReferenceType>();

/**
 * Declares a type of object that others refer to.
 * @throws Error when the type has another owner.
 */
export function defineReferenceType(name: string, missing: string): ReferenceType {
  if (types.has(name)) throw new Error(`The reference type ${name} is defined twice`);
  const type = { name, missing };
  types.set(name, type);
  return type;
}

/** The declared type. @throws Error if no loaded domain declares it. */
export function referenceType(name: string): ReferenceType {
  const type = types.get(name);
  if (!type) throw new Error(`No loaded domain defines the reference type ${name}`);
  return type;
}

/** The paths of the references to an object. */
export function pathsTo({ type, id }: ReferenceTarget, references: readonly Reference[]): FieldPath[] {
  return references.filter(({ target }) => target.type === type && target.id === id).map(({ path }) => path);
}

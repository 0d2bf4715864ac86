import { SetMetadata } from '@nestjs/common';
import type { Scope } from '../auth/scopes.js';
import type { FieldPath } from '../errors/field-path.js';
import type { ReferenceTarget, TargetState } from './reference.js';

/** Maximum number of objects that a source returns. */
export const MAX_SOURCE_REFERENCES = 1000;

/** What the owner of a kind of object that refers to others declares about it. */
export interface ReferenceSourceOptions {
  /** Type of the objects, in the singular: `saved_view`. */
  readonly type: string;
  /** Scope that is required to read the names of the objects. */
  readonly scope: Scope;
  /** Types of the objects that these refer to. */
  readonly targets: readonly string[];
  /** Columns with the references, as `<schema>.<table>.<column>`: IDs, names of custom fields, filters. */
  readonly columns: readonly string[];
}

/** An object that refers to another one. */
export interface ReferringObject {
  readonly id: string;
  readonly name: string;
  /** Fields with the references. */
  readonly paths: readonly FieldPath[];
  /** The only user who can read the object; omit it for objects of the workspace. */
  readonly privateTo?: string | null;
}

/** Metadata key of {@link ReferenceSource}. */
export const REFERENCE_SOURCE = 'parley.reference-source';

/** Metadata key of {@link ResolveReferences}. */
export const RESOLVE_REFERENCES = 'parley.resolve-references';

type SourceMethod = <
  Method extends (workspaceId: string, target: ReferenceTarget) => Promise<readonly ReferringObject[]>,
>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

type ResolveMethod = <
  Method extends (
    workspaceId: string,
    ids: Readonly<Record<string, readonly string[]>>,
  ) => Promise<readonly TargetState[]>,
>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Makes the method the finder of the objects of one kind that refer to a given object. It returns at most
 * {@link MAX_SOURCE_REFERENCES} objects, by one statement.
 */
export function ReferenceSource(options: ReferenceSourceOptions): SourceMethod {
  return SetMetadata(REFERENCE_SOURCE, options);
}

/**
 * Makes the method the lookup of the existing objects of these types, by one statement for all of them. `ids` has an
 * entry for each type.
 */
export function ResolveReferences(types: readonly string[]): ResolveMethod {
  return SetMetadata(RESOLVE_REFERENCES, types);
}

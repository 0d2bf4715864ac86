import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Renders}. */
export const RENDERS = 'parley.renders';

/**
 * Makes the method the one that shows objects of these subject types, as `subject_type` of an event names them, just as
 * the API shows them: `(workspaceId, id) => Promise<object | null>`; null when there is no such object (any more).
 */
export function Renders(
  ...subjectTypes: readonly string[]
): <Method extends (workspaceId: string, id: string) => Promise<object | null>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void {
  return SetMetadata(RENDERS, subjectTypes) as never;
}

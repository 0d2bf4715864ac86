import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Renders}. */
export const RENDERS = 'parley.renders';

/**
 * Declares the method as the renderer of objects of these subject types, as in `subject_type` of events: `(workspaceId,
 * id) => Promise<object | null>`. It returns the object as the API does, or null if it does not exist.
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

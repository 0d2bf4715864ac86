import { SetMetadata } from '@nestjs/common';

/** Metadata key of {@link Renders} and {@link RendersBatch}. */
export const RENDERS = 'parley.renders';

/** The metadata of a renderer. */
export interface RendererMetadata {
  readonly subjectTypes: readonly string[];
  /** True if the method takes a list of IDs. */
  readonly batch: boolean;
}

type MethodOf<Signature> = <Method extends Signature>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Declares the method as the renderer of objects of these subject types, as in `subject_type` of events: `(workspaceId,
 * id) => Promise<object | null>`. It returns the object as the API does, or null if it does not exist.
 */
export function Renders(
  ...subjectTypes: readonly string[]
): MethodOf<(workspaceId: string, id: string) => Promise<object | null>> {
  return SetMetadata(RENDERS, { subjectTypes, batch: false } satisfies RendererMetadata) as never;
}

/** Like {@link Renders}, for several objects at once. The result has no entry for objects that do not exist. */
export function RendersBatch(
  ...subjectTypes: readonly string[]
): MethodOf<(workspaceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, object>>> {
  return SetMetadata(RENDERS, { subjectTypes, batch: true } satisfies RendererMetadata) as never;
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { RENDERS, type RendererMetadata } from './renders.js';

type BatchRenderer = (workspaceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, object>>;
type Renderer = (workspaceId: string, id: string) => Promise<object | null>;

/** The subject of an event. */
export interface SubjectReference {
  readonly subjectType: string;
  readonly subjectId: string;
}

/** The object of each subject, or null. */
export type RenderedSubjects = (subject: SubjectReference) => object | null;

/** Renders the subjects of events as the API returns them, across all domains. */
@Injectable()
export class RenderingService implements OnModuleInit {
  private readonly renderers = new Map<string, BatchRenderer>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<RendererMetadata>(RENDERS)) {
      const render = metadata.batch ? (handle as BatchRenderer) : toBatchRenderer(handle as Renderer);
      for (const subjectType of metadata.subjectTypes) {
        if (this.renderers.has(subjectType))
          throw new Error(`${location}: ${subjectType} is already rendered by another method`);
        this.renderers.set(subjectType, render);
      }
    }
  }

  /**
   * Renders the current objects as the API returns them. The result is null for an object that was deleted or whose type
   * has no representation.
   */
  async render(workspaceId: string, subjects: readonly SubjectReference[]): Promise<RenderedSubjects> {
    const ids = new Map<BatchRenderer, Set<string>>();
    for (const { subjectType, subjectId } of subjects) {
      const render = this.renderers.get(subjectType);
      if (render) ids.set(render, (ids.get(render) ?? new Set()).add(subjectId));
    }
    const entries = await Promise.all(
      [...ids].map(async ([render, set]) => [render, await render(workspaceId, [...set])] as const),
    );
    const results = new Map(entries);
    // By type as well: events of different types can have the same ID, such as those about a user and their sign-ins.
    return ({ subjectType, subjectId }) => results.get(this.renderers.get(subjectType)!)?.get(subjectId) ?? null;
  }
}

function toBatchRenderer(render: Renderer): BatchRenderer {
  return async (workspaceId, ids) => {
    const entries = await Promise.all(ids.map(async (id) => [id, await render(workspaceId, id)] as const));
    return new Map(entries.filter((entry): entry is [string, object] => entry[1] !== null));
  };
}

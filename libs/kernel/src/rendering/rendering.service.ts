import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { RENDERS } from './renders.js';

type Renderer = (workspaceId: string, id: string) => Promise<object | null>;

/** Renders the subjects of events as the API returns them, across all domains. */
@Injectable()
export class RenderingService implements OnModuleInit {
  private readonly renderers = new Map<string, Renderer>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<readonly string[]>(RENDERS)) {
      for (const subjectType of metadata) {
        if (this.renderers.has(subjectType))
          throw new Error(`${location}: ${subjectType} is already rendered by another method`);
        this.renderers.set(subjectType, handle as Renderer);
      }
    }
  }

  /** The current object as the API returns it; null if it was deleted or its type has no representation. */
  async render(subjectType: string, workspaceId: string, id: string): Promise<object | null> {
    return (await this.renderers.get(subjectType)?.(workspaceId, id)) ?? null;
  }
}

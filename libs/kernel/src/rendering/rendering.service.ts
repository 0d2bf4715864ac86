import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { RENDERS } from './renders.js';

type Renderer = (workspaceId: string, id: string) => Promise<object | null>;

/** Shows what events are about as the API shows it, whichever domain it belongs to. */
@Injectable()
export class RenderingService implements OnModuleInit {
  private readonly renderers = new Map<string, Renderer>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<readonly string[]>(RENDERS)) {
      for (const subjectType of metadata) {
        if (this.renderers.has(subjectType))
          throw new Error(`${location}: ${subjectType} is rendered by another method already`);
        this.renderers.set(subjectType, handle as Renderer);
      }
    }
  }

  /** The object as the API shows it now; null when it is gone, or of a type that is not shown by itself. */
  async render(subjectType: string, workspaceId: string, id: string): Promise<object | null> {
    return (await this.renderers.get(subjectType)?.(workspaceId, id)) ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import { WorkspaceCacheRegistry, type WorkspaceCache } from '@parley/kernel/events';
import { SegmentCreated, SegmentDeleted } from '../identity.events.js';
import { SegmentsRepository } from './segments.repository.js';

/** True for workspaces with segments, for event handlers. */
@Injectable()
export class SegmentPresenceCache {
  private readonly cache: WorkspaceCache<boolean>;

  constructor(segments: SegmentsRepository, caches: WorkspaceCacheRegistry) {
    this.cache = caches.create([SegmentCreated, SegmentDeleted], (workspaceId) => segments.exist(workspaceId));
  }

  hasSegments(workspaceId: string): Promise<boolean> {
    return this.cache.get(workspaceId);
  }
}

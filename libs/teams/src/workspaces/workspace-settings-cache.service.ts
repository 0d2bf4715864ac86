import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { WorkspacesRepository } from './workspaces.repository.js';

/** What a workspace has settled for itself, by the name of the setting. */
export type WorkspaceSettings = Readonly<Record<string, unknown>>;

const MAX_CACHED_WORKSPACES = 10_000;
const CACHE_MS = 5_000;
const NO_SETTINGS: WorkspaceSettings = {};

/** Settings of workspaces for those who go by them: remembered for a few seconds, so that asking costs nothing. */
@Injectable()
export class WorkspaceSettingsCache {
  private readonly cache = new LRUCache<string, WorkspaceSettings>({ max: MAX_CACHED_WORKSPACES, ttl: CACHE_MS });

  constructor(private readonly workspaces: WorkspacesRepository) {}

  /** The settings; none of a workspace that is not there. */
  async get(workspaceId: string): Promise<WorkspaceSettings> {
    const cached = this.cache.get(workspaceId);
    if (cached) return cached;
    const settings = (await this.workspaces.find(workspaceId))?.settings ?? NO_SETTINGS;
    this.cache.set(workspaceId, settings);
    return settings;
  }

  /** Forgets what is remembered; call it after a change has been committed. */
  evict(workspaceId: string): void {
    this.cache.delete(workspaceId);
  }
}

import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { WorkspacesRepository } from './workspaces.repository.js';

/** Settings of a workspace by name. */
export type WorkspaceSettings = Readonly<Record<string, unknown>>;

const MAX_CACHED_WORKSPACES = 10_000;
const CACHE_MS = 5_000;
const NO_SETTINGS: WorkspaceSettings = {};

/** Cached settings of workspaces. Entries are cached for a few seconds. */
@Injectable()
export class WorkspaceSettingsCache {
  private readonly cache = new LRUCache<string, WorkspaceSettings>({ max: MAX_CACHED_WORKSPACES, ttl: CACHE_MS });

  constructor(private readonly workspaces: WorkspacesRepository) {}

  /** Returns the settings; empty for an unknown workspace. */
  async get(workspaceId: string): Promise<WorkspaceSettings> {
    const cached = this.cache.get(workspaceId);
    if (cached) return cached;
    const settings = (await this.workspaces.find(workspaceId))?.settings ?? NO_SETTINGS;
    this.cache.set(workspaceId, settings);
    return settings;
  }

  /** Evicts a workspace from the cache. Call it after the commit of a change. */
  evict(workspaceId: string): void {
    this.cache.delete(workspaceId);
  }
}

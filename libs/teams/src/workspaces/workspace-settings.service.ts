import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { WorkspacesRepository } from './workspaces.repository.js';

/** What a workspace has settled for itself, by the name of the setting. */
export type SettingsOfWorkspace = Readonly<Record<string, unknown>>;

const MOST_REMEMBERED = 10_000;
const REMEMBERED_MS = 5_000;
const NONE: SettingsOfWorkspace = {};

/** Settings of workspaces for those who go by them: remembered for a few seconds, so that asking costs nothing. */
@Injectable()
export class WorkspaceSettings {
  private readonly known = new LRUCache<string, SettingsOfWorkspace>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });

  constructor(private readonly workspaces: WorkspacesRepository) {}

  /** The settings; none of a workspace that is not there. */
  async of(workspaceId: string): Promise<SettingsOfWorkspace> {
    const known = this.known.get(workspaceId);
    if (known) return known;
    const settings = (await this.workspaces.find(workspaceId))?.settings ?? NONE;
    this.known.set(workspaceId, settings);
    return settings;
  }

  /** Forgets what is remembered; call it after a change has been committed. */
  forget(workspaceId: string): void {
    this.known.delete(workspaceId);
  }
}

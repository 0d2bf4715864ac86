import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { WorkspaceEntity } from './workspace.entity.js';

const EXISTS_ANY = statement('teams.workspace-exists', 'select exists (select 1 from teams.workspaces) as found');
const LOCK_FIRST = statement(
  'teams.lock-first-workspace',
  `select pg_advisory_xact_lock(hashtextextended('parley.first-workspace', 0))`,
);

/** Rows of `teams.workspaces`. */
@Injectable()
export class WorkspacesRepository {
  constructor(private readonly database: Database) {}

  async add(workspace: Pick<WorkspaceEntity, 'id' | 'name' | 'plan'>): Promise<void> {
    await this.database
      .repository(WorkspaceEntity)
      .insert({ timezone: 'UTC', locale: 'en', settings: {}, ...workspace });
  }

  find(workspaceId: string): Promise<WorkspaceEntity | null> {
    return this.database.repository(WorkspaceEntity).findOneBy({ id: workspaceId });
  }

  /** Returns the row, locked until the transaction ends. */
  lock(workspaceId: string): Promise<WorkspaceEntity | null> {
    return this.database
      .repository(WorkspaceEntity)
      .findOne({ where: { id: workspaceId }, lock: { mode: 'pessimistic_write' } });
  }

  async save(workspace: WorkspaceEntity): Promise<void> {
    await this.database.repository(WorkspaceEntity).save(workspace);
  }

  async existsAny(): Promise<boolean> {
    return (await this.database.row<{ found: boolean }>(EXISTS_ANY))!.found;
  }

  /**
   * Takes a lock until the transaction ends, so that only one of several starting processes creates the first
   * workspace.
   */
  async lockFirst(): Promise<void> {
    await this.database.execute(LOCK_FIRST);
  }
}

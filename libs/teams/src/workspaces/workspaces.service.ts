import { Inject, Injectable } from '@nestjs/common';
import { newId, notFoundError, SETTINGS, type Plan, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { UserJoined } from '../teams.events.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { WorkspacesRepository } from './workspaces.repository.js';

/** Workspace: a tenant. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  /** IANA time zone name. */
  readonly timezone: string;
  readonly locale: string;
  /** True if test keys work in it. */
  readonly isSandbox: boolean;
}

/** Owner of a new workspace. */
export interface CreateOwnerInput {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** Workspaces. They are created on the first start, or by registration if sign-up is open. */
@Injectable()
export class WorkspacesService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly workspaces: WorkspacesRepository,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string): Promise<WorkspaceView> {
    const workspace = await this.workspaces.find(workspaceId);
    if (!workspace) throw notFoundError('Workspace');
    const { id, name, plan, timezone, locale, sandboxOf } = workspace;
    return { id, name, plan, timezone, locale, isSandbox: sandboxOf !== null };
  }

  /** Creates a workspace on the default plan with its owner. The e-mail must not belong to a user. */
  create(name: string, owner: CreateOwnerInput): Promise<{ workspaceId: string; userId: string }> {
    return this.unitOfWork.run(async () => {
      const workspaceId = newId();
      const userId = newId();
      await this.workspaces.add({ id: workspaceId, name, plan: this.settings.plan });
      await this.users.add({ id: userId, homeWorkspaceId: null, ...owner });
      await this.memberships.add(workspaceId, userId, 'owner');
      this.events.append(new UserJoined(userId, { role: 'owner' }, workspaceId));
      return { workspaceId, userId };
    });
  }
}

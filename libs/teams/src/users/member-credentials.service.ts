import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel/events';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { ApiKeyRevoked } from '../teams.events.js';

/** Credentials of a member: sessions and personal API keys. */
@Injectable()
export class MemberCredentialsService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly sessions: SessionsRepository,
    private readonly events: Events,
  ) {}

  /** Revokes all sessions and personal keys of a member in the workspace. Requires a unit of work. */
  async revokeAll(workspaceId: string, userId: string): Promise<void> {
    await this.sessions.revokeAll(workspaceId, userId);
    for (const { id, name } of await this.keys.revokeByUser(workspaceId, userId))
      this.events.append(new ApiKeyRevoked(id, { name }));
  }
}

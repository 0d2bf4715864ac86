import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { SessionsRepository, type RefreshableSessionRow } from '../sessions/sessions.repository.js';
import { SignInAuditLogService } from './sign-in-audit-log.service.js';
import { SignInTokensService, type SignInView } from './sign-in-tokens.service.js';
import { deriveNextRefreshToken, generateRefreshSalt, hashRefreshToken } from './tokens.js';

/** Exchanges refresh tokens for new tokens. */
@Injectable()
export class TokenRefreshService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly cache: CredentialCache,
    private readonly auditLog: SignInAuditLogService,
    private readonly tokens: SignInTokensService,
  ) {}

  /**
   * Exchanges a refresh token for new tokens. The token that was replaced a moment ago returns the same new refresh
   * token again. Any older token has been copied, so its session ends.
   * @throws DomainError UNAUTHORIZED
   */
  async refresh(refreshToken: string, address: string | null): Promise<SignInView> {
    const { refreshHash, familyHash } = hashRefreshToken(refreshToken);
    const refreshed = await this.auditLog.runInTransaction(async () => {
      const session = await this.sessions.lockByRefreshToken(refreshHash, familyHash);
      return session && { session, token: await this.rotate(session, refreshToken, address) };
    });
    if (!refreshed?.token) {
      if (refreshed) this.cache.evict(refreshed.session.id);
      throw new DomainError('UNAUTHORIZED', 'The refresh token is invalid, expired or already used');
    }
    const { session, token } = refreshed;
    const workspaces = await this.listWorkspaces(session);
    return this.tokens.buildView(session.user_id, session.workspace_id, session.id, token, workspaces);
  }

  /** Returns the refresh token that replaces the given one; null if the given one was reused, which ends the session. */
  private async rotate(
    { id, workspace_id: workspaceId, user_id: userId, token_state: state, refresh_salt: salt }: RefreshableSessionRow,
    refreshToken: string,
    address: string | null,
  ): Promise<string | null> {
    if (state === 'reused') {
      await this.sessions.revoke(workspaceId, id);
      this.auditLog.recordTokenReuse(userId, workspaceId, id, address);
      return null;
    }
    if (state === 'replaced') return deriveNextRefreshToken(refreshToken, salt!);
    const newSalt = generateRefreshSalt();
    const token = deriveNextRefreshToken(refreshToken, newSalt);
    const expiresAt = this.auditLog.computeSessionExpiry();
    await this.sessions.rotate(id, { ...hashRefreshToken(token), salt: newSalt, expiresAt });
    return token;
  }

  private async listWorkspaces({
    by_password: byPassword,
    user_id: userId,
    workspace_id: id,
    workspace_name: name,
  }: RefreshableSessionRow): Promise<SignInView['workspaces']> {
    return byPassword ? ((await this.accounts.find(userId))?.workspaces ?? []) : [{ id, name }];
  }
}

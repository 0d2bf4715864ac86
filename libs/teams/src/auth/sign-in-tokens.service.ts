import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { AccessToken } from '@parley/kernel/auth';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { ACCESS_TOKEN_SECONDS, hashRefreshToken, generateRefreshToken } from './tokens.js';

/** Tokens of a session and the workspaces that the user can switch to. */
export interface SignInView {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly workspaceId: string;
  readonly userId: string;
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
}

/** Workspace of a new session. */
export interface SignInTarget {
  readonly workspaceId: string;
  /** All workspaces that the proof of identity is valid for. */
  readonly workspaces: SignInView['workspaces'];
  /** True if the user signed in with their password, which is valid for all of their workspaces. */
  readonly byPassword: boolean;
}

/** Starts sessions and issues their tokens. */
@Injectable()
export class SignInTokensService {
  constructor(
    private readonly jwt: JwtService,
    private readonly auditLog: SignInAuditLogService,
  ) {}

  /** Starts a session of an authenticated user. Requires a unit of work. */
  async startSession(
    userId: string,
    { workspaceId, workspaces, byPassword }: SignInTarget,
    device: Device,
  ): Promise<SignInView> {
    const refreshToken = generateRefreshToken();
    const id = await this.auditLog.startSession(
      { userId, workspaceId, ...hashRefreshToken(refreshToken), byPassword },
      device,
    );
    return this.buildView(userId, workspaceId, id, refreshToken, workspaces);
  }

  /** Builds the view of a session with a new access token. */
  buildView(
    userId: string,
    workspaceId: string,
    sessionId: string,
    refreshToken: string,
    workspaces: SignInView['workspaces'],
  ): SignInView {
    const claims: AccessToken = { sub: userId, sid: sessionId };
    const accessToken = this.jwt.sign(claims, { expiresIn: ACCESS_TOKEN_SECONDS });
    return { accessToken, refreshToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, workspaceId, userId, workspaces };
  }
}

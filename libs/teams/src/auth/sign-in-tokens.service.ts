import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { AccessToken } from '@parley/kernel/auth';
import { SignInAuditLogService, type Device } from './sign-in-audit-log.service.js';
import { ACCESS_TOKEN_SECONDS, hashRefreshToken, generateRefreshToken } from './tokens.js';

/** What a client keeps after signing in. */
export interface SignInView {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly workspaceId: string;
  readonly userId: string;
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
}

/** Where a sign-in leads. */
export interface SignInTarget {
  readonly workspaceId: string;
  /** Every workspace that the proof opens. */
  readonly workspaces: SignInView['workspaces'];
  /** Whether the proof was the person's password, which opens all of their workspaces. */
  readonly byPassword: boolean;
}

/** Begins sessions and makes the tokens that stand for them. */
@Injectable()
export class SignInTokensService {
  constructor(
    private readonly jwt: JwtService,
    private readonly auditLog: SignInAuditLogService,
  ) {}

  /** Begins a session of a user whose identity is proved. Needs a unit of work. */
  async startSession(
    userId: string,
    { workspaceId, workspaces, byPassword }: SignInTarget,
    device: Device,
  ): Promise<SignInView> {
    const refreshToken = generateRefreshToken();
    const id = await this.auditLog.startSession(
      { userId, workspaceId, refreshHash: hashRefreshToken(refreshToken), byPassword },
      device,
    );
    return this.buildView(userId, workspaceId, id, refreshToken, workspaces);
  }

  /** The tokens of a session. */
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

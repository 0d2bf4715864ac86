import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { EmailChangesRepository } from '../emails/email-changes.repository.js';
import { OidcSignInsRepository } from '../oidc/oidc-sign-ins.repository.js';
import { PasswordResetsRepository } from '../passwords/password-resets.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SignInTriesRepository } from './sign-in-tries.repository.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
const DAYS_ENDED_SESSIONS_ARE_KEPT = 90;

/** Forgets what signing in leaves behind and nobody needs any more. */
@Injectable()
export class ForgetOldSignIns extends Housekeeping {
  constructor(
    private readonly tries: SignInTriesRepository,
    private readonly resets: PasswordResetsRepository,
    private readonly emails: EmailChangesRepository,
    private readonly sessions: SessionsRepository,
    private readonly pending: OidcSignInsRepository,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS);
  }

  protected async tidy(): Promise<void> {
    const now = this.clock.now().getTime();
    const aDayAgo = new Date(now - DAY_MS);
    await this.tries.prune(aDayAgo);
    await this.resets.prune(aDayAgo);
    await this.emails.prune(aDayAgo);
    await this.pending.prune(aDayAgo);
    await this.sessions.prune(new Date(now - DAYS_ENDED_SESSIONS_ARE_KEPT * DAY_MS));
  }
}

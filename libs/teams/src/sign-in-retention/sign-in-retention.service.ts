import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { EmailChangesRepository } from '../emails/email-changes.repository.js';
import { OidcSignInsRepository } from '../oidc/oidc-sign-ins.repository.js';
import { PasswordResetsRepository } from '../passwords/password-resets.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { KnownAddressesRepository } from '../sign-in-attempts/known-addresses.repository.js';
import { SignInAttemptsRepository } from '../sign-in-attempts/sign-in-attempts.repository.js';

const DAY_MS = 24 * 3_600_000;
const KNOWN_ADDRESS_DAYS = 90;
const ENDED_SESSION_RETENTION_DAYS = 90;

/** Deletes expired sign-in data: attempts, tokens, ended sessions and known addresses. */
@Injectable()
@Periodic({ job: 'teams.delete-expired-sign-in-data', everySeconds: 3_600 })
export class SignInRetentionService extends PeriodicTask {
  constructor(
    private readonly attempts: SignInAttemptsRepository,
    private readonly knownAddresses: KnownAddressesRepository,
    private readonly resets: PasswordResetsRepository,
    private readonly emails: EmailChangesRepository,
    private readonly sessions: SessionsRepository,
    private readonly oidcSignIns: OidcSignInsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    const oneDayAgo = new Date(now - DAY_MS);
    await this.attempts.prune(oneDayAgo);
    await this.resets.prune(oneDayAgo);
    await this.emails.prune(oneDayAgo);
    await this.oidcSignIns.prune(oneDayAgo);
    await this.sessions.prune(new Date(now - ENDED_SESSION_RETENTION_DAYS * DAY_MS));
    await this.knownAddresses.prune(new Date(now - KNOWN_ADDRESS_DAYS * DAY_MS));
  }
}

import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly replyTo?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 15_000;

/**
 * Hands mails to the operator's SMTP server. A mail takes as long as that server does, so it is sent from a job and
 * never within a unit of work.
 */
@Injectable()
export class MailerService implements BeforeApplicationShutdown {
  private readonly transport: ReturnType<typeof createMailTransport> | null;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.transport = settings.smtpUrl === null ? null : createMailTransport(settings.smtpUrl);
  }

  /** Whether there is a server to hand mails to. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /**
   * Sends a mail; resolves once the server has taken it.
   * @throws DomainError UNAVAILABLE when no server is set; whatever the server says when it refuses.
   */
  async send(mail: Mail): Promise<void> {
    if (!this.transport) throw new DomainError('UNAVAILABLE', 'No mail server is set: see SMTP_URL');
    await this.transport.sendMail({
      ...mail,
      from: this.settings.mailFrom,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  beforeApplicationShutdown(): void {
    this.transport?.close();
  }
}

function createMailTransport(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
  });
}

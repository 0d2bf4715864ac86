import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DomainError } from '../errors/domain-error.js';

/** Mail to one recipient. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly replyTo?: string;
  /** Additional headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 15_000;

/**
 * Sends mails through the operator's SMTP server. Sending can be slow, so do it in a job and never within a unit of
 * work.
 */
@Injectable()
export class MailerService implements BeforeApplicationShutdown {
  private readonly transport: ReturnType<typeof createMailTransport> | null;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.transport = settings.smtpUrl === null ? null : createMailTransport(settings.smtpUrl);
  }

  /** True if an SMTP server is configured. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /**
   * Sends a mail. Resolves when the server has accepted it.
   * @throws DomainError UNAVAILABLE if no server is configured; the error of the server if it rejects the mail.
   */
  async send(mail: Mail): Promise<void> {
    if (!this.transport) throw new DomainError('UNAVAILABLE', 'No mail server is configured: set SMTP_URL');
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

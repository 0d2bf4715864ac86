import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which job mails a notification. */
export class TeamsNotificationMails1763700430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.notifications add column mail_job text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.notifications drop column mail_job`);
  }
}

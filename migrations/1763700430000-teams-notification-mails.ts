import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the job that sends a notification by e-mail. */
export class TeamsNotificationMails1763700430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.notifications add column mail_job text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.notifications drop column mail_job`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Old and new IDs of subscribers. */
const SUBSCRIBERS: readonly (readonly [from: string, to: string])[] = [
  ['analytics.keep-audit', 'analytics.record-audit-entries'],
  ['identity.forget-identities-of-inbox', 'identity.delete-identities-on-inbox-deleted'],
  ['identity.keep-segments', 'identity.update-segment-memberships'],
  ['identity.rename-company-of-contacts', 'identity.update-company-names-on-company-updated'],
  ['messaging.answer-on-message-created', 'messaging.send-auto-reply-on-message-created'],
  ['messaging.hand-on-on-user-deactivated', 'messaging.reassign-conversations-on-user-deactivated'],
  ['messaging.release-on-inbox-deleted', 'messaging.unassign-conversations-on-inbox-deleted'],
  ['messaging.settle-notifications-on-conversation-read', 'messaging.clear-notifications-on-conversation-read'],
  ['messaging.settle-notifications-on-message-deleted', 'messaging.clear-notifications-on-message-deleted'],
  ['messaging.unassign-on-team-deleted', 'messaging.unassign-conversations-on-team-deleted'],
  ['workflow.register-tags', 'workflow.update-tag-counts'],
];

/** Old and new names of jobs. Waiting jobs keep the old name, which the code knows as an alias. */
const JOBS: readonly (readonly [from: string, to: string])[] = [
  ['identity.change-contacts', 'identity.update-contacts'],
  ['identity.keep-segment', 'identity.refresh-segment'],
  ['messaging.change-conversations', 'messaging.update-conversations'],
];

/** Renames subscribers and jobs. Subscribers keep their positions, and dead letters can be redriven. */
export class KernelConsumerNames1763800520000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [from, to] of SUBSCRIBERS) await renameSubscriber(runner, from, to);
    for (const [from, to] of JOBS) await renameConsumer(runner, 'job', from, to);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [from, to] of SUBSCRIBERS) await renameSubscriber(runner, to, from);
    for (const [from, to] of JOBS) await renameConsumer(runner, 'job', to, from);
  }
}

async function renameSubscriber(runner: QueryRunner, from: string, to: string): Promise<void> {
  await runner.query(`update kernel.subscriptions set id = $2 where id = $1`, [from, to]);
  await renameConsumer(runner, 'event', from, to);
}

async function renameConsumer(runner: QueryRunner, kind: string, from: string, to: string): Promise<void> {
  await runner.query(`update kernel.dead_letters set consumer = $3 where kind = $1 and consumer = $2`, [
    kind,
    from,
    to,
  ]);
}

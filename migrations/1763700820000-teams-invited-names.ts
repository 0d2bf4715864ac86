import type { MigrationInterface, QueryRunner } from 'typeorm';

const CARDS = 'create or replace view teams.user_cards with (security_invoker = true) as select';

/**
 * Shows a workspace only its own data of an invited user until the user joins. It must not learn if the user has an
 * account, or the data of that account.
 */
export class TeamsInvitedNames1763700820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.invitations add column name text, add column email text`);
    await runner.query(`
      update teams.invitations i set email = u.email,
        name = case when u.password_hash is null and not teams.belongs_elsewhere(u.id, i.workspace_id) then u.name else split_part(u.email, '@', 1) end
      from teams.users u where u.id = i.user_id`);
    await runner.query(`alter table teams.invitations alter column name set not null, alter column email set not null`);
    await runner.query(`
      ${CARDS} u.id, coalesce(i.name, u.name) as name, coalesce(i.email, u.email) as email, case when i.user_id is null then u.avatar_url end as avatar_url
      from teams.users u left join teams.invitations i on i.workspace_id = (select kernel.current_workspace()) and i.user_id = u.id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${CARDS} id, name, email, avatar_url from teams.users`);
    await runner.query(`alter table teams.invitations drop column name, drop column email`);
  }
}

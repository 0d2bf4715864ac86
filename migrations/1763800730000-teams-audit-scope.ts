import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames the scopes of the audit log in custom roles and keys, whose owners granted them explicitly. */
export class TeamsAuditScope1763800730000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.rename(runner, 'analytics', 'audit');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.rename(runner, 'audit', 'analytics');
  }

  private async rename(runner: QueryRunner, from: string, to: string): Promise<void> {
    for (const table of ['roles', 'api_keys'])
      for (const access of ['read', 'write'])
        await runner.query(
          `update teams.${table} set scopes = array_replace(scopes, '${from}:${access}', '${to}:${access}') where '${from}:${access}' = any(scopes)`,
        );
  }
}

import { domainToASCII } from 'node:url';
import { Logger } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';

interface AddressRow {
  readonly id: string;
  readonly email: string;
}

/** Addresses that the normalization can change. */
const IRREGULAR = `email !~ '^[\\u0021-\\u007e]+$'`;

/**
 * Stores the addresses of accounts and invitations in the form in which they are looked up: without blanks and invisible
 * characters, in NFC, with the ASCII form of the domain. An account whose new address belongs to another account keeps
 * its address and is listed in the log.
 */
export class TeamsEmailKeys1763801420000 implements MigrationInterface {
  private readonly log = new Logger('Migration');

  async up(runner: QueryRunner): Promise<void> {
    for (const { id, email } of await listIrregular(runner, 'users', 'id')) {
      const normalized = normalize(email);
      if (normalized === email || normalized === '') continue;
      const [other] = (await runner.query(
        `select o.id from teams.users o join teams.users u on u.id = $1 where o.id <> u.id
           and o.home_workspace_id is not distinct from u.home_workspace_id and lower(o.email) = lower($2)`,
        [id, normalized],
      )) as { id: string }[];
      if (other)
        this.log.warn(
          `The e-mail of user ${id} is not normalized and cannot be used to sign in, because user ${other.id} has ` +
            'the normalized one. Change the e-mail of one of them',
        );
      else await runner.query(`update teams.users set email = $2 where id = $1`, [id, normalized]);
    }
    for (const { id, email } of await listIrregular(runner, 'invitations', 'user_id'))
      await runner.query(`update teams.invitations set email = $3 where user_id = $1 and email = $2`, [
        id,
        email,
        normalize(email) || email,
      ]);
  }

  /** Both forms lead to the same mailbox. */
  async down(): Promise<void> {}
}

async function listIrregular(runner: QueryRunner, table: string, id: string): Promise<AddressRow[]> {
  return (await runner.query(
    `select ${id} as id, email from teams.${table} where ${IRREGULAR} order by ${id}`,
  )) as AddressRow[];
}

/** Like the function of the kernel at the time of this migration. */
function normalize(address: string): string {
  const visible = address.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim();
  const at = visible.lastIndexOf('@') + 1;
  const localPart = visible.slice(0, at).replace(/[^\u212a\u037e\u1fef]+/gu, (part) => part.normalize('NFC'));
  const domain = visible.slice(at);
  return localPart + (/[^\0-\x7f]/.test(domain) ? domainToASCII(domain) || domain : domain);
}

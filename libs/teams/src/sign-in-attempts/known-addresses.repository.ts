import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { addressKey } from './attempt-keys.js';

const ADD = statement(
  'teams.add-known-address',
  `insert into teams.known_addresses (user_id, address) values ($1, $2)
   on conflict (user_id, address) do update set signed_in_at = now()`,
);
const IS_KNOWN = statement(
  'teams.is-known-address',
  'select exists (select 1 from teams.known_addresses where user_id = $1 and address = $2) as known',
);
const IS_KNOWN_BY_EMAIL = statement(
  'teams.is-known-address-of-email',
  `select coalesce(bool_and(exists (select 1 from teams.known_addresses k where k.user_id = u.id and k.address = $2)),
     false) as known from teams.users u where lower(u.email) = lower($1) and u.password_hash is not null`,
);
const PRUNE = statement('teams.prune-known-addresses', 'delete from teams.known_addresses where signed_in_at < $1');

/** Rows of `teams.known_addresses`. They belong to users, not to workspaces. */
@Injectable()
export class KnownAddressesRepository {
  constructor(private readonly database: Database) {}

  /** Records a sign-in of a user from an address. */
  async add(userId: string, address: string): Promise<void> {
    await this.database.execute(ADD, [userId, addressKey(address)]);
  }

  /** True if the user signed in from the address before. */
  async isKnown(userId: string, address: string): Promise<boolean> {
    return (await this.database.row<{ known: boolean }>(IS_KNOWN, [userId, addressKey(address)]))!.known;
  }

  /**
   * True if the users of all accounts with this e-mail signed in from the address before: otherwise the user of one
   * account would get attempts of their own to guess the password of another.
   */
  async isKnownByEmail(email: string, address: string): Promise<boolean> {
    return (await this.database.row<{ known: boolean }>(IS_KNOWN_BY_EMAIL, [email, addressKey(address)]))!.known;
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}

import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from './database.js';
import { poolOf } from './data-source.js';
import { APP_ROLE } from './scoped-pool.js';
import { statement } from './statement.js';

const CAN_USE_ROLE = statement(
  'kernel.may-use-app-role',
  // From Postgres 16 on a member may lack the right to become the role.
  `select coalesce((select pg_has_role(current_user, oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)
     from pg_roles where rolname = '${APP_ROLE}'), false) as may`,
);

/** Switches row-level security on when the database lets us have a role for it. */
@Injectable()
export class RowSecurityService implements OnModuleInit {
  private readonly logger = new Logger(RowSecurityService.name);

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const { may: canUseRole } = (await this.database.row<{ may: boolean }>(CAN_USE_ROLE))!;
    poolOf(this.database.dataSource).rowSecurity = canUseRole;
    if (!canUseRole)
      this.logger.warn(
        `This database user may not use the role ${APP_ROLE}: workspaces are kept apart by the queries alone, without row-level security`,
      );
  }
}

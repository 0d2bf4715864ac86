import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from './database.js';
import { poolOf } from './data-source.js';
import { APP_ROLE } from './scoped-pool.js';
import { statement } from './statement.js';

const CAN_USE_ROLE = statement(
  'kernel.check-app-role',
  // Since Postgres 16, a member of a role can lack the permission to SET it.
  `select coalesce((select pg_has_role(current_user, oid, 
     case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)
     from pg_roles where rolname = '${APP_ROLE}'), false) as "canUseRole"`,
);

/** Enables row-level security if the database user can use the role for it. */
@Injectable()
export class RowSecurityService implements OnModuleInit {
  private readonly logger = new Logger(RowSecurityService.name);

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const { canUseRole } = (await this.database.row<{ canUseRole: boolean }>(CAN_USE_ROLE))!;
    poolOf(this.database.dataSource).rowSecurity = canUseRole;
    if (!canUseRole)
      this.logger.warn(
        `This database user cannot use the role ${APP_ROLE}. Row-level security is disabled; workspaces are ` +
          'separated only by the conditions of the queries.',
      );
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { InvitationsModule } from '../invitations/invitations.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { SealingKeyModule } from '../sealing/sealing-key.module.js';
import { UsersModule } from '../users/users.module.js';
import { OidcClientService } from './oidc-client.service.js';
import { OidcLoginsController } from './oidc-logins.controller.js';
import { OidcProviderEntity } from './oidc-provider.entity.js';
import { OidcProvidersController } from './oidc-providers.controller.js';
import { OidcProvidersRepository } from './oidc-providers.repository.js';
import { OidcProvidersService } from './oidc-providers.service.js';
import { OidcSignInController } from './oidc-sign-in.controller.js';
import { OidcSignInEntity } from './oidc-sign-in.entity.js';
import { OidcSignInService } from './oidc-sign-in.service.js';
import { OidcSignInsRepository } from './oidc-sign-ins.repository.js';
import { OidcUrlBuilder } from './oidc-url-builder.service.js';
import { OidcUserResolver } from './oidc-user-resolver.service.js';
import { UserIdentitiesRepository } from './user-identities.repository.js';
import { UserIdentityEntity } from './user-identity.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([OidcProviderEntity, OidcSignInEntity, UserIdentityEntity]),
    AccountsModule,
    AuthModule,
    InvitationsModule,
    RolesModule,
    SealingKeyModule,
    UsersModule,
  ],
  controllers: [OidcLoginsController, OidcProvidersController, OidcSignInController],
  providers: [
    OidcClientService,
    OidcProvidersRepository,
    OidcProvidersService,
    OidcSignInService,
    OidcSignInsRepository,
    OidcUrlBuilder,
    OidcUserResolver,
    UserIdentitiesRepository,
  ],
  exports: [OidcSignInsRepository],
})
export class OidcModule {}

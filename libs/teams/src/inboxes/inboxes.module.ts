import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReferencedObjectsModule } from '../referenced-objects/referenced-objects.module.js';
import { TeamGroupsModule } from '../teams/team-groups.module.js';
import { UsersModule } from '../users/users.module.js';
import { InboxMemberEntity } from './inbox-member.entity.js';
import { InboxRenderer } from './inbox-renderer.service.js';
import { InboxAccessRepository } from './inbox-access.repository.js';
import { InboxAccessService } from './inbox-access.service.js';
import { InboxEntity } from './inbox.entity.js';
import { InboxesController } from './inboxes.controller.js';
import { InboxesRepository } from './inboxes.repository.js';
import { InboxesService } from './inboxes.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([InboxMemberEntity, InboxEntity]),
    ReferencedObjectsModule,
    TeamGroupsModule,
    UsersModule,
  ],
  controllers: [InboxesController],
  providers: [InboxAccessRepository, InboxAccessService, InboxRenderer, InboxesRepository, InboxesService],
  exports: [InboxAccessService, InboxesService],
})
export class InboxesModule {}

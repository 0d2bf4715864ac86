import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { TicketTypeEntity } from './ticket-type.entity.js';
import { TicketTypeMapper } from './ticket-type-mapper.service.js';
import { TicketTypeReferencesService } from './ticket-type-references.service.js';
import { TicketTypesController } from './ticket-types.controller.js';
import { TicketTypesRepository } from './ticket-types.repository.js';
import { TicketTypesService } from './ticket-types.service.js';

@Module({
  imports: [IdentityModule, TeamsModule, TypeOrmModule.forFeature([TicketTypeEntity])],
  controllers: [TicketTypesController],
  providers: [TicketTypeMapper, TicketTypeReferencesService, TicketTypesRepository, TicketTypesService],
  exports: [TicketTypesService],
})
export class TicketTypesModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TeamsModule } from '@parley/teams';
import { DeletedNamesModule } from '../deleted-names/deleted-names.module.js';
import { AttributeDefinitionEntity } from './attribute-definition.entity.js';
import { AttributeDefinitionsController } from './attribute-definitions.controller.js';
import { AttributeDefinitionsRepository } from './attribute-definitions.repository.js';
import { AttributeDefinitionsService } from './attribute-definitions.service.js';
import { AttributeValidator } from './attribute-validator.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AttributeDefinitionEntity]), TeamsModule, DeletedNamesModule],
  controllers: [AttributeDefinitionsController],
  providers: [AttributeDefinitionsRepository, AttributeDefinitionsService, AttributeValidator],
  exports: [AttributeValidator],
})
export class AttributesModule {}

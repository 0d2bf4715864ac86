import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '../files/files.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { CannedResponseEntity } from './canned-response.entity.js';
import { CannedResponsesController } from './canned-responses.controller.js';
import { CannedResponsesRepository } from './canned-responses.repository.js';
import { CannedResponsesService } from './canned-responses.service.js';
import { CannedResponseMapper } from './canned-response-mapper.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CannedResponseEntity]), FilesModule, TemplatesModule, VisibilityModule],
  controllers: [CannedResponsesController],
  providers: [CannedResponseMapper, CannedResponsesRepository, CannedResponsesService],
})
export class CannedResponsesModule {}

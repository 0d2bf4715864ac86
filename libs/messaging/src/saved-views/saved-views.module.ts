import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { SavedViewEntity } from './saved-view.entity.js';
import { SavedViewsController } from './saved-views.controller.js';
import { SavedViewsRepository } from './saved-views.repository.js';
import { SavedViewsService } from './saved-views.service.js';
import { SavedViewMapper } from './saved-view-mapper.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SavedViewEntity]), ConversationRecordsModule, VisibilityModule],
  controllers: [SavedViewsController],
  providers: [SavedViewMapper, SavedViewsRepository, SavedViewsService],
})
export class SavedViewsModule {}

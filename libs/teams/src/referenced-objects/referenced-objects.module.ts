import { Module } from '@nestjs/common';
import { ReferencedObjectsRepository } from './referenced-objects.repository.js';
import { ReferencedObjectsService } from './referenced-objects.service.js';

/** Checks of references to users, teams and inboxes. */
@Module({
  providers: [ReferencedObjectsRepository, ReferencedObjectsService],
  exports: [ReferencedObjectsService],
})
export class ReferencedObjectsModule {}

import { Module } from '@nestjs/common';
import { AutomationsModule } from './automations/automations.module.js';
import { TagsModule } from './tags/tags.module.js';

/** Tags and automation rules. */
@Module({
  imports: [AutomationsModule, TagsModule],
  exports: [AutomationsModule, TagsModule],
})
export class WorkflowModule {}

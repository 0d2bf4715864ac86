import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { MessagingModule } from '@parley/messaging';
import { ActionRunner } from './automations/actions/action-runner.service.js';
import { AutomationRunEraser } from './automations/automation-run-eraser.service.js';
import { AutomationRunEntity } from './automations/automation-run.entity.js';
import { AutomationRunner } from './automations/automation-runner.service.js';
import { AutomationRunsRepository } from './automations/automation-runs.repository.js';
import { AutomationDryRunService } from './automations/automation-dry-run.service.js';
import { AutomationEntity } from './automations/automation.entity.js';
import { AutomationsController } from './automations/automations.controller.js';
import { AutomationsRepository } from './automations/automations.repository.js';
import { AutomationsService } from './automations/automations.service.js';
import { AutomationRunRetentionService } from './automations/automation-run-retention.service.js';
import { ConversationActionHandlersService } from './automations/actions/conversation-action-handlers.service.js';
import { ConversationRuleSubjectService } from './automations/subjects/conversation-rule-subject.service.js';
import { RuleSubjectRegistry } from './automations/subjects/rule-subject-registry.service.js';
import { RuleValidator } from './automations/rule-validator.service.js';
import { RunAutomationsOnEventsSubscriber } from './automations/run-automations-on-events.subscriber.js';
import { TagEntity } from './tags/tag.entity.js';
import { UpdateTagCountsOnConversationTaggedSubscriber } from './tags/update-tag-counts-on-conversation-tagged.subscriber.js';
import { TagsController } from './tags/tags.controller.js';
import { TagsRepository } from './tags/tags.repository.js';
import { TagsService } from './tags/tags.service.js';

/** Tags and automation rules. */
@Module({
  imports: [
    TypeOrmModule.forFeature([AutomationRunEntity, AutomationEntity, TagEntity]),
    IdentityModule,
    MessagingModule,
  ],
  controllers: [TagsController, AutomationsController],
  providers: [
    TagsRepository,
    TagsService,
    UpdateTagCountsOnConversationTaggedSubscriber,
    AutomationsRepository,
    AutomationRunsRepository,
    AutomationRunEraser,
    AutomationsService,
    AutomationRunner,
    AutomationDryRunService,
    ActionRunner,
    ConversationActionHandlersService,
    ConversationRuleSubjectService,
    RuleSubjectRegistry,
    RuleValidator,
    RunAutomationsOnEventsSubscriber,
    AutomationRunRetentionService,
  ],
  exports: [TagsService, AutomationsService],
})
export class WorkflowModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { MessagingModule } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { ActionRunner } from './actions/action-runner.service.js';
import { ConversationActionHandlersService } from './actions/conversation-action-handlers.service.js';
import { ConversationStatusActionHandlersService } from './actions/conversation-status-action-handlers.service.js';
import { AutomationDryRunService } from './automation-dry-run.service.js';
import { AutomationReferencesService } from './automation-references.service.js';
import { AutomationRunEraser } from './automation-run-eraser.service.js';
import { AutomationRunRetentionService } from './automation-run-retention.service.js';
import { AutomationRunEntity } from './automation-run.entity.js';
import { AutomationRunner } from './automation-runner.service.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import { AutomationRunsService } from './automation-runs.service.js';
import { AutomationEntity } from './automation.entity.js';
import { AutomationsController } from './automations.controller.js';
import { AutomationsRepository } from './automations.repository.js';
import { AutomationsService } from './automations.service.js';
import { EnabledAutomationsCache } from './enabled-automations-cache.service.js';
import { RuleCatalogueController } from './rule-catalogue.controller.js';
import { RuleEvaluationLoader } from './rule-evaluation-loader.service.js';
import { RuleValidator } from './rule-validator.service.js';
import { RuleWarningBuilder } from './rule-warning-builder.service.js';
import { RunAutomationsOnEventsSubscriber } from './run-automations-on-events.subscriber.js';
import { ConversationRuleSubjectService } from './subjects/conversation-rule-subject.service.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AutomationRunEntity, AutomationEntity]),
    IdentityModule,
    MessagingModule,
    TeamsModule,
  ],
  controllers: [RuleCatalogueController, AutomationsController],
  providers: [
    ActionRunner,
    ConversationActionHandlersService,
    ConversationStatusActionHandlersService,
    AutomationDryRunService,
    AutomationReferencesService,
    AutomationRunEraser,
    AutomationRunRetentionService,
    AutomationRunner,
    AutomationRunsRepository,
    AutomationRunsService,
    AutomationsRepository,
    AutomationsService,
    EnabledAutomationsCache,
    RuleEvaluationLoader,
    RuleValidator,
    RuleWarningBuilder,
    RunAutomationsOnEventsSubscriber,
    ConversationRuleSubjectService,
    RuleSubjectRegistry,
  ],
  exports: [AutomationsService],
})
export class AutomationsModule {}

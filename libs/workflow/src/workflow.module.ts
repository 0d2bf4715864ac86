import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { MessagingModule } from '@parley/messaging';
import { ActionRunner } from './automations/actions/action-runner.service.js';
import { AutomationRunTraces } from './automations/automation-run-traces.service.js';
import { AutomationRunner } from './automations/automation-runner.service.js';
import { AutomationRunsRepository } from './automations/automation-runs.repository.js';
import { AutomationTrials } from './automations/automation-trials.service.js';
import { AutomationsController } from './automations/automations.controller.js';
import { AutomationsRepository } from './automations/automations.repository.js';
import { AutomationsService } from './automations/automations.service.js';
import { ForgetOldRuns } from './automations/forget-old-runs.service.js';
import { RuleFactsReader } from './automations/rule-facts.service.js';
import { RuleValidation } from './automations/rule-validation.service.js';
import { RunAutomationsOnEvents } from './automations/run-automations-on-events.subscriber.js';
import { TagRegistryOnConversationTagged } from './tags/tag-registry-on-conversation-tagged.subscriber.js';
import { TagsController } from './tags/tags.controller.js';
import { TagsRepository } from './tags/tags.repository.js';
import { TagsService } from './tags/tags.service.js';

/** Tags, and rules that act on what happens. */
@Module({
  imports: [IdentityModule, MessagingModule],
  controllers: [TagsController, AutomationsController],
  providers: [
    TagsRepository,
    TagsService,
    TagRegistryOnConversationTagged,
    AutomationsRepository,
    AutomationRunsRepository,
    AutomationRunTraces,
    AutomationsService,
    AutomationRunner,
    AutomationTrials,
    ActionRunner,
    RuleFactsReader,
    RuleValidation,
    RunAutomationsOnEvents,
    ForgetOldRuns,
  ],
  exports: [TagsService, AutomationsService],
})
export class WorkflowModule {}

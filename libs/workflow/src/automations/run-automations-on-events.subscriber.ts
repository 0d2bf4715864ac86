import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { AutomationRunner } from './automation-runner.service.js';
import { RULE_EVENT_CLASSES } from './rule-events.js';

/** Runs the rules that an event triggers. */
@Injectable()
export class RunAutomationsOnEventsSubscriber {
  constructor(private readonly runner: AutomationRunner) {}

  @Subscribe(RULE_EVENT_CLASSES, { id: 'workflow.run-automations' })
  async run(event: RecordedEvent): Promise<void> {
    await this.runner.handle(event);
  }
}

import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { AutomationRunner } from './automation-runner.service.js';
import { CONVERSATION_RULE_EVENTS } from './subjects/conversation-rule-subject.service.js';

/** Runs the rules that an event triggers. */
@Injectable()
export class RunAutomationsOnEventsSubscriber {
  constructor(private readonly runner: AutomationRunner) {}

  @Subscribe(CONVERSATION_RULE_EVENTS, { id: 'workflow.run-automations' })
  async run(event: RecordedEvent, upcoming: readonly RecordedEvent[]): Promise<void> {
    await this.runner.handle(event, upcoming);
  }
}

import { DomainEvent } from '@parley/kernel/events';

/** What every event of a rule tells. */
export interface AutomationRunEventData {
  readonly conversation_id: string;
  readonly run_id: string;
  readonly outcome: string;
}

/** A rule ran; some of its actions may have failed. */
export class AutomationRan extends DomainEvent<AutomationRunEventData> {
  static readonly type = 'automation.ran';
}

/** None of a rule's actions worked. */
export class AutomationFailed extends DomainEvent<AutomationRunEventData> {
  static readonly type = 'automation.failed';
}

/** A rule matched but was not run, because its chain of causes had become too long. */
export class AutomationLoopStopped extends DomainEvent<AutomationRunEventData> {
  static readonly type = 'automation.loop_stopped';
}

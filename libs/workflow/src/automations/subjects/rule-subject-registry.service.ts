import { Injectable } from '@nestjs/common';
import { nearestName } from '@parley/kernel/filter';
import { ConversationRuleSubjectService } from './conversation-rule-subject.service.js';
import type { RuleSubject } from './rule-subject.js';

/** All types of objects that rules act on. */
@Injectable()
export class RuleSubjectRegistry {
  private readonly byEventType = new Map<string, RuleSubject>();

  /** The subject of a rule without valid events. */
  readonly default: RuleSubject;

  constructor(conversations: ConversationRuleSubjectService) {
    this.default = conversations;
    this.register(conversations);
  }

  /** @throws Error when an event type already triggers rules on another subject. */
  register(subject: RuleSubject): void {
    for (const type of subject.eventTypes) {
      if (this.byEventType.has(type)) throw new Error(`The event type ${type} has two rule subjects`);
      this.byEventType.set(type, subject);
    }
  }

  /** The subject of rules that an event type triggers, or null if it triggers none. */
  findByEventType(type: string): RuleSubject | null {
    return this.byEventType.get(type) ?? null;
  }

  /** Returns the error of an event type that cannot trigger rules, or null. */
  validateEventType(type: string): string | null {
    if (this.byEventType.has(type)) return null;
    const suggestion = nearestName(type, this.byEventType.keys());
    return suggestion
      ? `"${type}" is not an event type for rules; did you mean "${suggestion}"?`
      : `"${type}" is not an event type for rules; use one of ${[...this.byEventType.keys()].join(', ')}`;
  }
}

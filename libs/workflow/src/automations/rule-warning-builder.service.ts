import { Injectable } from '@nestjs/common';
import { parseFilter } from '@parley/kernel/filter';
import type { AutomationView } from './automation.view.js';
import { buildContradictionWarning, buildCycleWarning, type LinkedRule } from './rule-cycles.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleSubject } from './subjects/rule-subject.js';

/** Finds mistakes in rules that are not errors. */
@Injectable()
export class RuleWarningBuilder {
  constructor(private readonly subjects: RuleSubjectRegistry) {}

  /** The warnings about a rule. `enabled` are the enabled rules of the workspace; cycles of a disabled rule do no harm. */
  build(automation: AutomationView, enabled: readonly AutomationView[]): string[] {
    const subject = this.subjects.findByEventType(automation.events[0]!) ?? this.subjects.default;
    const rule = toLinkedRule(automation, subject);
    const others = enabled.map((other) => toLinkedRule(other, subject));
    const warnings = [
      buildContradictionWarning(rule, subject),
      automation.enabled ? buildCycleWarning(rule, others, subject) : null,
    ];
    return warnings.filter((warning) => warning !== null);
  }
}

function toLinkedRule(automation: AutomationView, { fields }: RuleSubject): LinkedRule {
  const parsed = parseFilter(automation.filter, fields, { purpose: 'memory' });
  return { ...automation, root: parsed.ok ? parsed.filter.root : null };
}

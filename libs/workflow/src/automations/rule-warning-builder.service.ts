import { Injectable } from '@nestjs/common';
import { AttributeValidator } from '@parley/identity';
import { parseFilter } from '@parley/kernel/filter';
import type { AutomationView } from './automation.view.js';
import { buildUnknownFieldWarnings, buildUnknownOptionWarnings } from './custom-field-warnings.js';
import { buildContradictionWarning, buildCycleWarning, type LinkedRule } from './rule-cycles.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleSubject } from './subjects/rule-subject.js';

/** Finds mistakes in rules that are not errors. */
@Injectable()
export class RuleWarningBuilder {
  constructor(
    private readonly subjects: RuleSubjectRegistry,
    private readonly attributes: AttributeValidator,
  ) {}

  /** The warnings about a rule. `enabled` are the enabled rules of the workspace; cycles of a disabled rule do no harm. */
  async build(workspaceId: string, automation: AutomationView, enabled: readonly AutomationView[]): Promise<string[]> {
    const subject = this.subjects.findByEventType(automation.events[0]!) ?? this.subjects.default;
    const rule = toLinkedRule(automation, subject);
    const others = enabled.map((other) => toLinkedRule(other, subject));
    const definitions = await this.attributes.listDefinitions(workspaceId);
    const warnings = [
      buildContradictionWarning(rule, subject),
      automation.enabled ? buildCycleWarning(rule, others, subject) : null,
      ...buildUnknownFieldWarnings(automation, subject.fields, definitions),
      ...buildUnknownOptionWarnings(rule.root, subject.fields, definitions),
    ];
    return warnings.filter((warning) => warning !== null);
  }
}

function toLinkedRule(automation: AutomationView, { fields }: RuleSubject): LinkedRule {
  const parsed = parseFilter(automation.filter, fields, { purpose: 'memory' });
  return { ...automation, root: parsed.ok ? parsed.filter.root : null };
}

import { Injectable } from '@nestjs/common';
import { AttributeValidator, customFieldId } from '@parley/identity';
import { InvalidInputError, type FieldPath } from '@parley/kernel';
import { parseFilter, type FilterNode } from '@parley/kernel/filter';
import { ReferencesService, type Problem, type WithProblems } from '@parley/kernel/references';
import { toCustomFieldKey } from './actions/action-declarations.js';
import type { Action, AutomationView, Rule } from './automation.view.js';
import { withCustomFieldTypes, type CustomFieldTypes } from './custom-field-types.js';
import { inspectRule, type InspectedRule, type RuleInput } from './rule-inspection.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';

/** Validates rules when they are saved, so that they do not fail later for predictable reasons. */
@Injectable()
export class RuleValidator {
  constructor(
    private readonly subjects: RuleSubjectRegistry,
    private readonly references: ReferencesService,
    private readonly attributes: AttributeValidator,
  ) {}

  /**
   * Returns the validated rule.
   * @param path of the rule in the input.
   * @throws DomainError BAD_REQUEST with all errors by path.
   */
  async validate(workspaceId: string, input: RuleInput, path: FieldPath = []): Promise<Rule> {
    const problems = await this.findErrors(workspaceId, input);
    if (problems.length > 0) throw new InvalidInputError(problems, 'The rule is not valid').within(...path);
    const subject = this.subjects.findByEventType(input.events[0]!)!;
    const parsed = parseFilter(input.filter, subject.fields, { purpose: 'memory' });
    if (!parsed.ok) throw new Error('The filter was valid with the types of the custom fields only');
    return { ...input, filter: parsed.filter.source as FilterNode, actions: input.actions as readonly Action[] };
  }

  /** The problems of a rule that cannot be saved with them. */
  async findErrors(workspaceId: string, rule: InspectedRule): Promise<Problem[]> {
    const [inspected] = await this.inspect(workspaceId, [rule]);
    return inspected!.problems.filter(({ isTolerated }) => !isTolerated);
  }

  /** Adds the current problems to stored rules. The number of statements does not depend on the number of rules. */
  attachProblems(workspaceId: string, automations: readonly AutomationView[]): Promise<WithProblems<AutomationView>[]> {
    return this.inspect(workspaceId, automations);
  }

  private async inspect<Inspected extends InspectedRule>(
    workspaceId: string,
    rules: readonly Inspected[],
  ): Promise<WithProblems<Inspected>[]> {
    const types = await this.attributes.getAllTypes(workspaceId);
    const found = await Promise.all(rules.map(({ actions }) => this.findValueErrors(workspaceId, actions, types)));
    const inspected = await this.references.attachProblems(workspaceId, rules, (rule) =>
      inspectRule(rule, this.subjects, ({ fields }) => withCustomFieldTypes(fields, types)),
    );
    return inspected.map((rule, index) => ({ ...rule, problems: [...rule.problems, ...found[index]!] }));
  }

  /** The errors of the values of defined custom fields that actions set. */
  private async findValueErrors(workspaceId: string, actions: unknown, types: CustomFieldTypes): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const [index, action] of (Array.isArray(actions) ? (actions as unknown[]) : []).entries()) {
      const { type, field, value } = (action ?? {}) as Partial<Action>;
      if (type !== 'set_field') continue;
      if (/^contact\.custom_fields\./.test(String(field))) problems.push(contactFieldProblem(index));
      const key = toCustomFieldKey(field);
      if (!types.has(customFieldId('conversation', key)) || value === undefined) continue;
      const issues = await this.attributes.validate(workspaceId, 'conversation', { [key]: value });
      const path = ['actions', index, 'value'];
      problems.push(...issues.map(({ message }) => ({ path, code: 'invalid' as const, message, target: null })));
    }
    return problems;
  }
}

function contactFieldProblem(index: number): Problem {
  const message = 'must be a custom field of the conversation; rules cannot set fields of contacts';
  return { path: ['actions', index, 'field'], code: 'invalid', message, target: null };
}

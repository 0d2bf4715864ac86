import { Injectable } from '@nestjs/common';
import { RuleErrorsInterceptor } from './rule-errors.interceptor.js';

/** Completes the errors of requests with a rule in the field `rule`, as {@link RuleErrorsInterceptor} does. */
@Injectable()
export class NestedRuleErrorsInterceptor extends RuleErrorsInterceptor {
  protected override readonly ruleField = 'rule';
}

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { currentContext, DomainError, InvalidInputError } from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { catchError, type Observable } from 'rxjs';
import { AutomationsRepository } from './automations.repository.js';
import { RUN_POLICIES, type RunPolicy } from './automation.view.js';
import type { InspectedRule } from './rule-inspection.js';
import { RuleValidator } from './rule-validator.service.js';

type Body = Readonly<Record<string, unknown>>;

/**
 * Completes the errors of the fields of a request with those of its rule, which is the body, so that an author gets all
 * of them at once. A request with wrong fields does not reach the controller.
 */
@Injectable()
export class RuleErrorsInterceptor implements NestInterceptor {
  /** Field of the body with the rule; null if the body itself is the rule. */
  protected readonly ruleField: string | null = null;

  constructor(
    private readonly validator: RuleValidator,
    private readonly automations: AutomationsRepository,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (!(error instanceof DomainError) || error.code !== 'BAD_REQUEST' || error instanceof InvalidInputError)
          throw error;
        const ruleErrors = await this.findRuleErrors(execution.switchToHttp().getRequest<FastifyRequest>());
        throw new DomainError('BAD_REQUEST', error.message, { ...ruleErrors, ...error.details });
      }),
    );
  }

  private async findRuleErrors({ body, params }: FastifyRequest): Promise<Record<string, unknown>> {
    const principal = currentContext()?.principal;
    const input = this.ruleField !== null && isObject(body) ? body[this.ruleField] : body;
    if (!principal || !isObject(input)) return {};
    const { id } = params as { readonly id?: string };
    const stored = id === undefined ? null : await this.automations.find(principal.workspaceId, id);
    if (id !== undefined && stored === null) return {};
    const rule = toInspectedRule(input, stored);
    const error = new InvalidInputError(await this.validator.findErrors(principal.workspaceId, rule));
    return (this.ruleField === null ? error : error.within(this.ruleField)).describe().details;
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rule of a request. Fields with wrong types have errors already and are replaced with valid values. */
function toInspectedRule(input: Body, stored: InspectedRule | null): InspectedRule {
  const defaults = stored ?? { events: [], filter: { all: [] }, runPolicy: 'always', cooldownSeconds: null };
  const { events, filter, actions, run_policy: runPolicy, cooldown_seconds: cooldown } = input;
  return {
    events: isTextList(events) ? events : defaults.events,
    filter: filter ?? defaults.filter,
    actions: actions ?? stored?.actions,
    runPolicy: (RUN_POLICIES as readonly unknown[]).includes(runPolicy) ? (runPolicy as RunPolicy) : defaults.runPolicy,
    cooldownSeconds: typeof cooldown === 'number' ? cooldown : cooldown === null ? null : defaults.cooldownSeconds,
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

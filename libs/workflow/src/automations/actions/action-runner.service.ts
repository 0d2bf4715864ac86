import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import {
  ActionRegistry,
  findActionDefinition,
  type ActionTarget,
  type RenderedTemplates,
} from '@parley/kernel/automation';
import { UnitOfWork } from '@parley/kernel/database';
import { Events, type Changed } from '@parley/kernel/events';
import { truncateWithEllipsis } from '@parley/kernel/text';
import { mapValues } from 'es-toolkit';
import type { Action } from '../automation.view.js';
import type { ActionResult } from '../automation-run.view.js';

/** An action of a run failed; carries the error out of the savepoint of all actions. */
class ActionFailedError extends Error {}

/** Runs the actions of rules as the current actor. */
@Injectable()
export class ActionRunner {
  constructor(
    private readonly registry: ActionRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Runs actions in order. A failed action is rolled back as a whole; the following actions still run unless
   * `stopOnError` is set. All actions share a savepoint; only when one fails are they repeated with a savepoint each.
   */
  async runAll(target: ActionTarget, actions: readonly Action[], stopOnError: boolean): Promise<ActionResult[]> {
    try {
      return await this.unitOfWork.runInSavepoint(async () => {
        const results: ActionResult[] = [];
        for (const action of actions) results.push(await this.runOrThrow(target, action));
        return results;
      });
    } catch (error) {
      if (!(error instanceof ActionFailedError)) throw error;
      return this.runEach(target, actions, stopOnError);
    }
  }

  private async runEach(
    target: ActionTarget,
    actions: readonly Action[],
    stopOnError: boolean,
  ): Promise<ActionResult[]> {
    const results: ActionResult[] = [];
    for (const action of actions) {
      const { type } = action;
      const isSkipped = stopOnError && results.some(({ outcome }) => outcome === 'failed');
      if (isSkipped) results.push({ type, outcome: 'skipped', error: null, events: [] });
      else results.push(await this.runInSavepoint(target, action));
    }
    return results;
  }

  private async runInSavepoint(target: ActionTarget, action: Action): Promise<ActionResult> {
    try {
      return await this.unitOfWork.runInSavepoint(() => this.runOrThrow(target, action));
    } catch (error) {
      if (!(error instanceof ActionFailedError)) throw error;
      return { type: action.type, outcome: 'failed', error: error.message, events: [] };
    }
  }

  /** @throws ActionFailedError; other errors, such as those of the database, repeat the delivery of the event. */
  private async runOrThrow(target: ActionTarget, action: Action): Promise<ActionResult> {
    const { type, ...parameters } = action;
    const before = this.events.pending();
    let result: unknown;
    try {
      result = await this.registry.run(type, target, parameters);
    } catch (error) {
      if (error instanceof DomainError || isTemplateError(error)) throw new ActionFailedError((error as Error).message);
      throw error;
    }
    const events = this.events.pendingFrom(before).map((event) => ({
      type: event.type,
      subject_id: event.subjectId,
      changed: (event.data as { changed?: Changed }).changed ?? null,
    }));
    const rendered = renderedTexts(type, result);
    return { type, outcome: events.length > 0 ? 'done' : 'unchanged', error: null, rendered, events };
  }
}

/** Maximum length of a rendered text in the result of an action. */
const MAX_RENDERED_LENGTH = 2_000;

function renderedTexts(type: string, result: unknown): Readonly<Record<string, string>> | null {
  if (findActionDefinition(type)!.templateParameters.length === 0) return null;
  return mapValues((result as RenderedTemplates).rendered, (text) => truncateWithEllipsis(text, MAX_RENDERED_LENGTH));
}

function isTemplateError(error: unknown): boolean {
  return error instanceof Error && /^(Render|Undefined|Parse|Tokenization|Assertion)\w*Error$/.test(error.name);
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { findEventDefinition } from '../events/define-event.js';
import { actionDefinitions, AUTOMATION_ACTION, type ActionParameters, type ActionTarget } from './automation-action.js';

type ActionHandler = (target: ActionTarget, parameters: ActionParameters) => Promise<unknown>;

/** Finds the handlers of automation actions among all providers of the process. */
@Injectable()
export class ActionRegistry implements OnModuleInit {
  private readonly handlers = new Map<string, ActionHandler>();

  constructor(private readonly finder: HandlerFinder) {}

  /** @throws Error if an action has an effect that is not an event type. */
  onModuleInit(): void {
    for (const { type, effects } of actionDefinitions()) {
      const unknown = effects.find((effect) => findEventDefinition(effect) === null);
      if (unknown) throw new Error(`The action ${type} has the effect ${unknown}, which no loaded domain defines`);
    }
    for (const { metadata, handle } of this.finder.find<string>(AUTOMATION_ACTION)) {
      this.handlers.set(metadata, handle as ActionHandler);
    }
  }

  /**
   * Runs one action.
   * @throws Error when no module of this process provides it; errors of the handler.
   */
  run(type: string, target: ActionTarget, parameters: ActionParameters): Promise<unknown> {
    const handler = this.handlers.get(type);
    if (!handler) throw new Error(`No handler for the action ${type}`);
    return handler(target, parameters);
  }
}

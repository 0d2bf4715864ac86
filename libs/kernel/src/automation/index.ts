export { ActionRegistry } from './action-registry.service.js';
export {
  type ActionDefinition,
  actionDefinitions,
  type ActionOutcome,
  ACTIONS_REFERENCE,
  actionSchema,
  type ActionTarget,
  AutomationAction,
  findActionDefinition,
  type JsonSchema,
  MAX_ACTIONS,
  MIN_ACTIONS,
  type RenderedTemplates,
  type SubjectRef,
} from './automation-action.js';

import './workflow.scopes.js';
import './workflow.privacy.js';
export type { AutomationRunView } from './automations/automation-run.view.js';
export type { AutomationView, Rule } from './automations/automation.view.js';
export { AutomationsService } from './automations/automations.service.js';
export type { TagView } from './tags/tag.view.js';
export { TagsService } from './tags/tags.service.js';
export * from './workflow.events.js';
export { WorkflowModule } from './workflow.module.js';

export { PeriodicTask } from './periodic-task.js';
export { RetentionTask } from './retention-task.js';
export { type DueTimer } from './timers.repository.js';
export { OnTimer, Timers } from './timers.js';

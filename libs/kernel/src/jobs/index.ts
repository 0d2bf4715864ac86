export { defineJob } from './define-job.js';
export { type JobRun, Jobs, ProcessJob } from './jobs.js';
export { Periodic, PeriodicTask } from './periodic-task.js';
export { RetentionTask } from './retention-task.js';

export { defineJob } from './define-job.js';
export { type JobRun, Jobs, ProcessJob } from './jobs.js';

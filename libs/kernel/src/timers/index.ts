export { type DueTimer } from './timers.repository.js';
export { OnTimer, Timers } from './timers.js';

import { defineJob } from '@parley/kernel/jobs';

/** Goes on with a change of many conversations to its end; begun anew, it goes on where it stood. */
export const UPDATE_CONVERSATIONS = defineJob<{ readonly workspaceId: string; readonly bulkId: string }>(
  'messaging.change-conversations',
  { attempts: 10 },
);

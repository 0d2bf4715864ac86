import { defineJob } from '@parley/kernel/jobs';

/** Runs a bulk update to its end. A retry continues with the conversations that are not processed yet. */
export const UPDATE_CONVERSATIONS = defineJob<{ readonly workspaceId: string; readonly bulkId: string }>(
  'messaging.update-conversations',
  { attempts: 10, aliases: ['messaging.change-conversations'] },
);

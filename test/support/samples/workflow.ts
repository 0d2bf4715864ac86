import { randomUUID } from 'node:crypto';
import { postedSample, type Samples } from './sample.js';

const tag = postedSample('/v1/tags', () => ({ name: `billing-${randomUUID()}` }));
const automation = postedSample('/v1/automations', () => ({
  name: 'Tag everything',
  events: ['conversation.created'],
  enabled: false,
  actions: [{ type: 'add_tags', tags: ['seen'] }],
}));

/** Samples of the workflow domain. */
export const WORKFLOW: Samples = {
  paths: { '/v1/automations/{id}': automation, '/v1/tags/{id}': tag },
  fields: { automation_id: automation },
};

import { randomUUID } from 'node:crypto';
import { postedSample, type Samples } from './sample.js';

const article = postedSample('/v1/knowledge-base', () => ({
  title: `Reset your password ${randomUUID()}`,
  body: 'Open **Settings**.',
}));

/** Samples of the knowledge domain. */
export const KNOWLEDGE: Samples = { paths: { '/v1/knowledge-base/{id}': article }, fields: {} };

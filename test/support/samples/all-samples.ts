import { CHANNELS } from './channels.js';
import { IDENTITY } from './identity.js';
import { KERNEL } from './kernel.js';
import { KNOWLEDGE } from './knowledge.js';
import { MESSAGING } from './messaging.js';
import type { Preparation, Sample, Samples } from './sample.js';
import { TEAMS } from './teams.js';
import { WORKFLOW } from './workflow.js';

export type { Sample } from './sample.js';

const ALL: readonly Samples[] = [KERNEL, TEAMS, IDENTITY, MESSAGING, WORKFLOW, KNOWLEDGE, CHANNELS];

/** Samples by path, up to and including the parameter with their ID. */
export const PATH_SAMPLES: Readonly<Record<string, Sample>> = Object.assign({}, ...ALL.map(({ paths }) => paths));

/** Samples by the name of the body field or query parameter with their IDs. */
export const FIELD_SAMPLES: Readonly<Record<string, Sample>> = Object.assign({}, ...ALL.map(({ fields }) => fields));

/** Preparations for the documented example of an operation, by operation ID. */
export const PREPARATIONS: Readonly<Record<string, Preparation>> = Object.assign(
  {},
  ...ALL.map(({ preparations }) => preparations),
);

/** The sample of a path parameter. */
export function pathSample(path: string, parameter: string): Sample | undefined {
  const end = path.indexOf(`{${parameter}}`) + parameter.length + 2;
  return PATH_SAMPLES[path.slice(0, end)];
}

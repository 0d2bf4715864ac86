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

function prefixOf(path: string, parameter: string): string {
  return path.slice(0, path.indexOf(`{${parameter}}`) + parameter.length + 2);
}

/** True if a path parameter has a sample. */
export function hasPathSample(path: string, parameter: string): boolean {
  return prefixOf(path, parameter) in PATH_SAMPLES;
}

/** The sample of a path parameter. @throws Error that names the missing sample. */
export function pathSample(path: string, parameter: string): Sample {
  const prefix = prefixOf(path, parameter);
  const sample = PATH_SAMPLES[prefix];
  if (!sample) throw new Error(`No sample for ${prefix}. Add one to paths in test/support/samples/<domain>.ts`);
  return sample;
}

/** The sample of a body field. @throws Error that names the missing sample. */
export function fieldSample(field: string): Sample {
  const sample = FIELD_SAMPLES[field];
  if (!sample)
    throw new Error(`No sample for the field ${field}. Add one to fields in test/support/samples/<domain>.ts`);
  return sample;
}

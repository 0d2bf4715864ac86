import { getData, type Workspace } from '../client.js';
import type { ItemResponse } from '../wire.js';

/** Creates and reads objects of one kind in a workspace. */
export interface Sample {
  /** Creates an object and returns its ID. */
  create(workspace: Workspace): Promise<string>;
  /** Returns everything that the workspace can see of the object. */
  read(workspace: Workspace, id: string): Promise<unknown>;
  /** ID of the parent object in the path, if there is one. */
  parentOf?(id: string): string;
}

/** Samples of one domain. */
export interface Samples {
  /** By path, up to and including the parameter with their ID. */
  readonly paths: Readonly<Record<string, Sample>>;
  /** By the name of the body field or query parameter with their IDs. */
  readonly fields: Readonly<Record<string, Sample>>;
  /** By operation ID: preparations for its documented example. Can replace IDs in the path. */
  readonly preparations?: Readonly<Record<string, Preparation>>;
}

/** Prepares objects so that those in a path belong together. */
export type Preparation = (workspace: Workspace, ids: Record<string, string>) => Promise<void>;

/** A sample of objects that can be read by ID. */
export function gettableSample(collection: string, create: Sample['create']): Sample {
  return {
    create,
    read: async ({ client }, id) => getData(await client.get<ItemResponse<unknown>>(`${collection}/${id}`)),
  };
}

/** A sample of objects that can be read only in a list. */
export function listedSample(collection: string, create: Sample['create']): Sample {
  const read: Sample['read'] = async ({ client }, id) =>
    (await client.get<{ data: { id: string }[] }>(collection, { limit: 100 })).body.data.find((item) => item.id === id);
  return { create, read };
}

/** A sample of objects that are created with POST and read by ID. */
export function postedSample(collection: string, body: () => object): Sample {
  return gettableSample(collection, postTo(collection, body));
}

/** Creates an object with POST. */
export function postTo(collection: string, body: () => object): Sample['create'] {
  return async ({ client }) => getData(await client.post<ItemResponse<{ id: string }>>(collection, body())).id;
}

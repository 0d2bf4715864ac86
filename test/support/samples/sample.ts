import { getData, type Workspace } from '../client.js';
import type { ItemResponse } from '../wire.js';

/** How an object of one kind comes to be in a workspace, and how it is looked at. */
export interface Sample {
  /** Makes one and gives its id. */
  create(workspace: Workspace): Promise<string>;
  /** All that the workspace can see of it. */
  read(workspace: Workspace, id: string): Promise<unknown>;
  /** Id of the object that it stands under in its path, where it does. */
  parentOf?(id: string): string;
}

/** Samples of one domain. */
export interface Samples {
  /** By path, up to and with the parameter that takes their id. */
  readonly paths: Readonly<Record<string, Sample>>;
  /** By the name of the field of a body, or of the query, that takes their ids. */
  readonly fields: Readonly<Record<string, Sample>>;
  /** By operation: what must be so before its example can be taken; may put other ids in the path. */
  readonly preparations?: Readonly<Record<string, Preparation>>;
}

/** Sees to it that the objects in a path belong together. */
export type Preparation = (workspace: Workspace, ids: Record<string, string>) => Promise<void>;

/** What is made somehow and read by its id. */
export function gettableSample(collection: string, create: Sample['create']): Sample {
  return {
    create,
    read: async ({ client }, id) => getData(await client.get<ItemResponse<unknown>>(`${collection}/${id}`)),
  };
}

/** What is made somehow and can only be found in a list. */
export function listedSample(collection: string, create: Sample['create']): Sample {
  const read: Sample['read'] = async ({ client }, id) =>
    (await client.get<{ data: { id: string }[] }>(collection, { limit: 100 })).body.data.find((item) => item.id === id);
  return { create, read };
}

/** What a POST to its collection makes, and is read by its id. */
export function postedSample(collection: string, body: () => object): Sample {
  return gettableSample(collection, postTo(collection, body));
}

/** Makes an object by a POST to its collection. */
export function postTo(collection: string, body: () => object): Sample['create'] {
  return async ({ client }) => getData(await client.post<ItemResponse<{ id: string }>>(collection, body())).id;
}

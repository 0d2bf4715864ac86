import { exampleBody, findIdFields, getJsonSchema, pathIds } from './calls.js';
import type { Workspace } from './client.js';
import type { ApiDocument, Operation } from './document.js';
import { getReceiverUrl } from './receiver.js';
import { FIELD_SAMPLES, fieldSample, pathSample, type Sample } from './samples/all-samples.js';

/** One object of each kind in a workspace, created on first use. */
export class OwnObjects {
  private readonly ids = new Map<Sample, Promise<string>>();

  constructor(
    private readonly document: ApiDocument,
    readonly workspace: Workspace,
  ) {}

  /** The ID of the object of this kind. */
  getId(sample: Sample): Promise<string> {
    const id = this.ids.get(sample) ?? sample.create(this.workspace);
    this.ids.set(sample, id);
    return id;
  }

  /** IDs of all objects created so far. */
  listIds(): Promise<string[]> {
    return Promise.all(this.ids.values());
  }

  /** Makes the next use of this kind create a new object. */
  remove(sample: Sample): void {
    this.ids.delete(sample);
  }

  /** An ID for each path parameter that requires one. */
  async pathIds(operation: Operation): Promise<Record<string, string>> {
    const names = pathIds(operation);
    const ids = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await this.getId(pathSample(operation.path, name))])),
    );
    for (const [index, name] of names.entries()) {
      const parent = pathSample(operation.path, name).parentOf?.(ids[name]!);
      if (parent !== undefined) ids[names[index - 1]!] = parent;
    }
    return ids;
  }

  /** The documented example of a body, with objects of the workspace for required IDs and without other IDs. */
  async body(operation: Operation): Promise<Record<string, unknown> | undefined> {
    const body = exampleBody(operation);
    const schema = getJsonSchema(this.document, operation);
    if (!body || !schema) return body;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const [idField] = findIdFields(this.document, property, name);
      if (!idField || !(name in FIELD_SAMPLES)) continue;
      if (schema.required?.includes(name))
        body[name] = idField.buildValue(await this.getId(fieldSample(idField.field)));
      else delete body[name];
    }
    const { email, password, refreshToken } = this.workspace;
    if (operation.id === 'auth.login') Object.assign(body, { email, password });
    // Avoids a DNS lookup of the documented host in every request.
    if (operation.path.startsWith('/v1/webhooks') && 'url' in body) body.url = await getReceiverUrl();
    if (operation.id === 'auth.refresh') body.refresh_token = refreshToken;
    return body;
  }
}

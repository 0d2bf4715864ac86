import { FieldError } from '../errors/field-error.js';
import type { FieldPath } from '../errors/field-path.js';

/**
 * Runs the call of a service whose input names fields differently than the request does. `aliases` maps fields of the
 * input to fields of the request, both in camelCase and without indices, such as `{ 'phones.value': 'phones.number' }`.
 * @throws the errors of `work`, with the fields of the request.
 */
export async function withFieldAliases<T>(
  aliases: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw error.mapPaths((path) => renamePath(path, aliases));
  }
}

function renamePath(path: FieldPath, aliases: Readonly<Record<string, string>>): FieldPath {
  const names = path.filter((segment) => typeof segment === 'string');
  const [field, alias] = Object.entries(aliases).find(([name]) => `${names.join('.')}.`.startsWith(`${name}.`)) ?? [];
  if (field === undefined || alias === undefined) return path;
  const renamed = [...alias.split('.'), ...names.slice(field.split('.').length)];
  return path.map((segment) => (typeof segment === 'number' ? segment : renamed.shift()!));
}

/**
 * Path of a field in the names of the domain, for example `['actions', 0, 'teamId']`. The contract of the route maps it
 * to wire names. The segment after `customFields` is a key chosen by the workspace; those after `filter`, and those
 * inside an item of `actions`, are keys of the rule language.
 */
export type FieldPath = readonly (string | number)[];

/** Names of the fields in a contract. */
export type FieldNaming = (path: FieldPath) => string;

/** Maps `['members', 0, 'teamId']` to `members[0].team_id`. Keys of custom fields, filters and actions stay unchanged. */
export function toSnakeCasePath(path: FieldPath): string {
  const filterIndex = path.indexOf('filter');
  const actionsIndex = path.indexOf('actions');
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      const isKey =
        path[index - 1] === 'customFields' ||
        (filterIndex >= 0 && index > filterIndex) ||
        (actionsIndex >= 0 && index > actionsIndex + 1);
      const name = isKey ? segment : toSnakeCase(segment);
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** Maps `teamId` to `team_id`. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Parses a path in the notation `filter.all[0].value`. */
export function parseFieldPath(text: string): FieldPath {
  return text
    .split(/\.|(?=\[\d+\])/)
    .map((segment) => (/^\[\d+\]$/.test(segment) ? Number(segment.slice(1, -1)) : segment));
}

import { findWireNames } from './error-fields.js';
import { readText, sources } from './repository-files.js';

/** Files that know the names of requests. */
const HTTP_LAYER =
  /^libs\/kernel\/src\/(http|pagination|errors)\/|\/dto\/|\.dto\.ts$|\.(controller|interceptor|guard|pipe|filter)\.ts$/;

const domainFiles = sources.filter(
  (file) => /^libs\/.*\.ts$/.test(file) && !/spec\.ts$|\/testing\//.test(file) && !HTTP_LAYER.test(file),
);

describe('errors of domains', () => {
  it('should have names of the domain, which the contract of the route maps to the wire', () => {
    const found = domainFiles.flatMap((file) =>
      findWireNames(readText(file)).map(({ line, message }) => `${file}:${line}: ${message}`),
    );
    expect(found).toEqual([]);
  });
});

describe('findWireNames', () => {
  it.each([
    `badRequestError({ ids: ['ids must not be empty'] })`,
    `new DomainError('BAD_REQUEST', 'The request is not valid', {})`,
    `invalidInputError('send_at', 'must be in the future')`,
    `invalidInputError(['author', 'display_name'], 'is required')`,
    `invalidInputError('update.status', 'is not known')`,
    `invalidInputError('intoId', sentence\`Pass either \${['into_id']} or another\`)`,
    `unprocessableError('The message is already sent', { message_id: id })`,
    `unprocessableFieldError('team_id', 'No team has this ID', id)`,
    `fieldConflictError('externalId', 'is used', { external_id: id })`,
    `new DomainError('CONFLICT', 'The folder contains files', { files_count: 1 })`,
    `issues.push({ path: ['allowed_domains'], message: 'must be domains' })`,
    `atPath(['first_message'], work)`,
    `this.users.assertActive(workspaceId, assigneeId, 'assignee_id')`,
    `function assertExists(id: string, field = 'team_id') {}`,
  ])('should find %s', (code) => {
    expect(findWireNames(code)).toEqual([{ line: 1, message: expect.stringContaining('invalidInputError(path') }]);
  });

  it.each([
    `invalidInputError('sendAt', 'must be in the future')`,
    `invalidInputError(['actions', 0, 'teamId'], 'is unknown')`,
    `unprocessableError('The message is already sent', { messageId })`,
    `unprocessableFieldError('teamId', 'No team has this ID', id)`,
    `new DomainError('NOT_FOUND', 'Contact not found', { mergedInto: id })`,
    `this.events.append(new ContactMerged(id, { merged_into: target }))`,
  ])('should not find %s', (code) => {
    expect(findWireNames(code)).toEqual([]);
  });
});

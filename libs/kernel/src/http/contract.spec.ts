import type { ArgumentMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { runInContext, systemContext } from '../context/request-context.js';
import { DomainError } from '../errors/domain-error.js';
import { atPath, fieldConflictError, unprocessableFieldError } from '../errors/field-error.js';
import { sentence, THE_FIELD } from '../errors/field-sentence.js';
import { InvalidInputError, invalidInputError } from '../errors/invalid-input-error.js';
import { contractOf, registerContract, type Contract } from './contract.js';
import { IntegerField } from './fields.js';
import { nativeContract } from './native-contract.js';
import { validationPipe } from './validation.js';

const lenientContract: Contract = {
  ...nativeContract,
  name: 'lenient',
  serves: ({ url }) => url.startsWith('/lenient/'),
  unknownFields: 'ignore',
  extractToken: ({ headers }) => (headers.api_access_token as string | undefined) ?? null,
  toErrorResponse: ({ message }) => ({ status: 422, headers: {}, body: { description: message } }),
};

class CountDto {
  @IntegerField({ description: 'Count.', example: 1 })
  count: number;
}

const BODY: ArgumentMetadata = { type: 'body', metatype: CountDto };

function requestTo(url: string, headers: Record<string, string> = {}, query: object = {}): FastifyRequest {
  return { id: 'r1', url, headers, query } as unknown as FastifyRequest;
}

describe('contractOf', () => {
  beforeAll(() => registerContract(lenientContract));

  it('should return the registered contract that serves the request, else the native one', () => {
    expect(contractOf(requestTo('/lenient/things')).name).toBe('lenient');
    expect(contractOf(requestTo('/v1/conversations')).name).toBe('native');
  });

  it.each(['native', 'lenient'])('should reject a second contract named %s', (name) => {
    expect(() => registerContract({ ...lenientContract, name })).toThrow(/registered twice/);
  });
});

describe('validationPipe', () => {
  const validate = (contract: Contract, body: object): Promise<unknown> =>
    runInContext(
      { ...systemContext('r1'), contract },
      () => validationPipe({ queryCache: true }).transform(body, BODY) as Promise<unknown>,
    );

  it('should reject unknown fields when the contract does', async () => {
    await expect(validate(nativeContract, { count: 1, other: 2 })).rejects.toMatchObject({
      details: { other: ['other is not a known field'] },
    });
  });

  it('should drop unknown fields when the contract ignores them', async () => {
    expect({ ...((await validate(lenientContract, { count: 1, other: 2 })) as object) }).toEqual({ count: 1 });
  });

  it('should reject invalid fields in every contract', async () => {
    await expect(validate(lenientContract, { count: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('nativeContract', () => {
  const errorOf = (error: DomainError): { message: string; details: unknown } =>
    (nativeContract.toErrorResponse(error, 'r1').body as { error: { message: string; details: unknown } }).error;
  const detailsOf = (error: DomainError): unknown => errorOf(error).details;

  it.each([
    [['snoozedUntil'], 'snoozed_until'],
    [['members', 0, 'teamId'], 'members[0].team_id'],
    [['actions', 0, 'teamId'], 'actions[0].teamId'],
    [['actions', 1, 'user_id'], 'actions[1].user_id'],
    [['customFields', 'orderId'], 'custom_fields.orderId'],
    [['contact', 'emails', 2, 'address'], 'contact.emails[2].address'],
    [['filter', 'all', 0, 'fieldName'], 'filter.all[0].fieldName'],
  ])('should map the path %j to %s', (path, field) => {
    expect(detailsOf(invalidInputError(path, 'must be set'))).toEqual({ [field]: [`${field} must be set`] });
  });

  it('should put the names of the wire into sentences', () => {
    const error = invalidInputError('intoId', sentence`Pass either ${THE_FIELD} or ${['conversationIds']}, not ${2}`);
    expect(detailsOf(error)).toEqual({ into_id: ['Pass either into_id or conversation_ids, not 2'] });
  });

  it('should collect the messages of a field', () => {
    const issues = ['is too short', 'is easy to guess'].map((message) => ({ path: ['newPassword'], message }));
    expect(detailsOf(new InvalidInputError(issues))).toEqual({
      new_password: ['new_password is too short', 'new_password is easy to guess'],
    });
  });

  it('should return the value of a field that cannot be used', () => {
    const error = unprocessableFieldError('teamId', sentence`${THE_FIELD}: t1 is not a team`, 't1');
    expect(errorOf(error.within('update'))).toMatchObject({
      code: 'UNPROCESSABLE',
      message: 'update.team_id: t1 is not a team',
      details: { 'update.team_id': 't1' },
    });
  });

  it('should return the field and the owner of a value that is used', () => {
    const error = fieldConflictError('externalId', 'A message with this external_id exists', {
      externalId: '7',
      id: 'm1',
    });
    expect(errorOf(error.within('message'))).toMatchObject({
      code: 'CONFLICT',
      details: { field: 'message.external_id', external_id: '7', id: 'm1' },
    });
  });

  it('should map the names of facts', () => {
    expect(detailsOf(new DomainError('CONFLICT', 'x', { filesCount: 2 }))).toEqual({ files_count: 2 });
  });

  it('should keep the details of a BAD_REQUEST of the HTTP layer unchanged', () => {
    expect(detailsOf(new DomainError('BAD_REQUEST', 'x', { fooBar: ['fooBar is not a known field'] }))).toEqual({
      fooBar: ['fooBar is not a known field'],
    });
  });

  it('should prefix the fields of a part of the input', async () => {
    const failure = atPath(['contact'], () => Promise.reject(invalidInputError('phoneNumber', 'is not a number')));
    const error = await failure.then(null, (reason: DomainError) => reason);
    expect(detailsOf(error!)).toEqual({ 'contact.phone_number': ['contact.phone_number is not a number'] });
  });

  it.each([
    [{ authorization: 'Bearer sk_live_1' }, {}, 'sk_live_1'],
    [{ authorization: 'bearer abc' }, {}, 'abc'],
    [{}, { access_token: 'abc' }, 'abc'],
    [{}, {}, null],
    [{}, { access_token: ['a', 'b'] }, null],
  ])('should extract the token from headers %j and query %j', (headers, query, token) => {
    expect(nativeContract.extractToken(requestTo('/v1/me', headers as Record<string, string>, query))).toBe(token);
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', ''])('should reject the header "%s"', (authorization) => {
    expect(() => nativeContract.extractToken(requestTo('/v1/me', { authorization }))).toThrow(/must have the form/);
  });
});

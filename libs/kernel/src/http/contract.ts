import type { FastifyRequest } from 'fastify';
import { currentContext } from '../context/request-context.js';
import type { DomainError } from '../errors/domain-error.js';
import { nativeContract } from './native-contract.js';
import { contextOf } from './request-state.js';

/** An error in the wire format of a contract. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/**
 * The conventions of one API that this server speaks: its credentials, its handling of unknown fields, its errors and
 * its document. Every route belongs to one contract: the first registered one that serves the request, else the native one.
 */
export interface Contract {
  readonly name: string;
  /** True if a request belongs to the contract, by its path or host. */
  serves(request: Pick<FastifyRequest, 'url' | 'headers'>): boolean;
  /** True if a path of the OpenAPI document belongs to the contract. */
  documents(path: string): boolean;
  /** Handling of query and body fields that an operation does not define. */
  readonly unknownFields: 'reject' | 'ignore';
  /** True if bodies can be `application/x-www-form-urlencoded`. */
  readonly acceptsForms: boolean;
  /** True if responses have an `ETag` and requests can have `If-Match`. */
  readonly versioned: boolean;
  /**
   * The token of a request, or null if it has none.
   * @throws DomainError UNAUTHORIZED if it is malformed.
   */
  extractToken(request: FastifyRequest): string | null;
  /** Error for a request without a token. */
  missingToken(): DomainError;
  /**
   * Maps an error to its wire format. A FieldError and the keys of `details` have the names of the domain, except the
   * details of BAD_REQUEST, which have the names of the request.
   */
  toErrorResponse(error: DomainError, requestId: string): ErrorResponse;
}

const contracts: Contract[] = [];

/**
 * Registers a contract. Call it when a gateway is loaded.
 * @throws Error if the name is already registered.
 */
export function registerContract(contract: Contract): void {
  if ([nativeContract, ...contracts].some(({ name }) => name === contract.name)) {
    throw new Error(`The contract ${contract.name} is registered twice`);
  }
  contracts.push(contract);
}

/** The contract of a request. Available as soon as the request line and the headers are read. */
export function contractOf(request: FastifyRequest): Contract {
  const context = contextOf(request);
  context.contract ??= contracts.find((contract) => contract.serves(request)) ?? nativeContract;
  return context.contract as Contract;
}

/** The contract of the current request, or the native contract outside of a request. */
export function currentContract(): Contract {
  return (currentContext()?.contract as Contract | undefined) ?? nativeContract;
}

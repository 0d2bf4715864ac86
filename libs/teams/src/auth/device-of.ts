import type { FastifyRequest } from 'fastify';
import type { Device } from './sign-in-ledger.service.js';

const LONGEST_USER_AGENT = 300;

/** Where a request comes from. */
export function deviceOf(request: FastifyRequest): Device {
  return { address: request.ip, userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null };
}

import type { FastifyRequest } from 'fastify';
import type { Device } from './sign-in-audit-log.service.js';

const MAX_USER_AGENT_LENGTH = 300;

/** Address and user agent of the client. */
export function toDevice(request: FastifyRequest): Device {
  return { address: request.ip, userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null };
}

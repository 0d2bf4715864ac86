import type { RedisOptions } from 'ioredis';

/**
 * Parses a Redis URL: `redis://` or `rediss://` (TLS), user, password, host, port and database.
 * @throws TypeError if it is not a URL; Error if it has another protocol.
 */
export function redisOptions(redisUrl: string): RedisOptions {
  const url = new URL(redisUrl);
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:')
    throw new Error('REDIS_URL must start with redis:// or rediss://');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1';
  return {
    host,
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: { servername: host } }),
  };
}

import os from 'node:os';

const MIB = 1024 * 1024;

/** Memory for this process in bytes: that of the machine, or the limit of its container if lower. */
export function availableMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
}

/**
 * Server settings for a machine with `memory` bytes. Durability keeps the defaults of Postgres: `fsync` and
 * `synchronous_commit` are on.
 */
export function postgresSettings(memory: number): Record<string, string> {
  const sharedBuffers = Math.max(32, Math.min(2048, Math.floor(memory / MIB / 4)));
  return {
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.max(64, Math.floor(memory / MIB / 2))}MB`,
    maintenance_work_mem: `${Math.max(32, Math.min(512, Math.floor(memory / MIB / 16)))}MB`,
    work_mem: memory >= 4096 * MIB ? '16MB' : '4MB',
    max_connections: '100',
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
}

import { Logger as GraphileLogger } from 'graphile-worker';
import type { Logger } from '@nestjs/common';

/**
 * Forwards log messages of the queue library to Nest's logger: routine messages as debug. Failed attempts are logged
 * elsewhere.
 */
export function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (meta?.failure === true || message.startsWith('WARNING: having maxPoolSize')) return;
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });
}

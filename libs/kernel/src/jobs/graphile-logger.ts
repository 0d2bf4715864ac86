import { Logger as GraphileLogger } from 'graphile-worker';
import type { Logger } from '@nestjs/common';

/** The queue library's words on Nest's logger: its daily business as debug; failed attempts are told of elsewhere. */
export function graphileLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (meta?.failure === true || message.startsWith('WARNING: having maxPoolSize')) return;
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });
}

import { pino, type Logger as Pino } from 'pino';
import { currentContext } from '../context/request-context.js';

const SECRETS = [
  'authorization',
  'password',
  'secret',
  'token',
  'api_key',
  'access_token',
  'refresh_token',
  'cookie',
  '*.authorization',
  '*.password',
  '*.secret',
  '*.token',
  '*.api_key',
  '*.access_token',
  '*.refresh_token',
  '*.cookie',
  'headers.authorization',
  'req.headers.authorization',
  'req.headers.cookie',
];

const BEARER =
  /(Bearer\s+)[^\s"']+|\bsk_(live|test)_[A-Za-z0-9_-]+|\bwhsec_[A-Za-z0-9+/=]+|((?:access_token|signature)=)[^&\s"]+/g;

/** Contexts in which Nest logs each module and route at startup. */
const BOOT_CONTEXTS = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);
const INFO = 30;

/** Replaces credentials in a text by `[redacted]`. */
export function redactText(text: string): string {
  return text.replace(
    BEARER,
    (_match, bearer: string | undefined, kind: string | undefined, query: string | undefined) =>
      bearer
        ? `${bearer}[redacted]`
        : query
          ? `${query}[redacted]`
          : kind
            ? `sk_${kind}_[redacted]`
            : 'whsec_[redacted]',
  );
}

/** Creates the logger of the process: JSON lines with the ID of the current request, without secrets. */
export function createLogger(level: string): Pino {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '[redacted]' },
    mixin: () => {
      const context = currentContext();
      return context ? { request_id: context.requestId, workspace_id: context.principal?.workspaceId } : {};
    },
    hooks: {
      logMethod(args, method, severity) {
        const { context } = (args[0] ?? {}) as { context?: string };
        if (context !== undefined && BOOT_CONTEXTS.has(context) && severity <= INFO && !this.isLevelEnabled('debug'))
          return;
        const redacted = args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg));
        method.apply(this, redacted as Parameters<typeof method>);
      },
    },
  });
}

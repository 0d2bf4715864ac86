import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** What an operator can set through the environment; every field has a working default. */
export interface Settings {
  /** TCP port of the API. `PORT`, default 3000. */
  readonly port: number;
  /** Address to listen on. `HOST`, default 127.0.0.1. */
  readonly host: string;
  /** Folder for data that is not in Postgres, and for embedded Postgres itself. `PARLEY_HOME`. */
  readonly home: string;
  /** Postgres to use; null starts the embedded one. `DATABASE_URL`. */
  readonly databaseUrl: string | null;
  /** Redis for jobs and shared rate limits; null keeps both without it. `REDIS_URL`. */
  readonly redisUrl: string | null;
  /** Login of the first admin. `PARLEY_ADMIN_EMAIL`. */
  readonly adminEmail: string;
  /** Password of the first admin; null makes a random one. `PARLEY_ADMIN_PASSWORD`. */
  readonly adminPassword: string | null;
  /** API key of the first admin; null makes a random one. `PARLEY_API_KEY`. */
  readonly apiKey: string | null;
  /** Whether anybody may register a workspace. `PARLEY_SIGNUP` open|closed, default closed. */
  readonly signupOpen: boolean;
  /** Plan of new workspaces. `PARLEY_PLAN`, default unlimited. */
  readonly plan: Plan;
  /** Private networks (CIDR) that webhooks and scrapes may reach. `PARLEY_ALLOW_NETWORKS`. */
  readonly allowNetworks: readonly string[];
  /** pino level. `PARLEY_LOG_LEVEL`, default info. */
  readonly logLevel: string;
  /** Whether this process also relays events, fires timers and runs jobs. `PARLEY_WORK` 1|0, default 1. */
  readonly work: boolean;
  /** Public base URL in links. `PARLEY_URL`, default http://HOST:PORT. */
  readonly publicUrl: string;
  /** Most connections in the Postgres pool. `PARLEY_POOL`, default 12. */
  readonly poolSize: number;
  /** SMTP server that mails are handed to, such as `smtps://user:password@host:465`; null sends none. `SMTP_URL`. */
  readonly smtpUrl: string | null;
  /** Sender of mails. `PARLEY_MAIL_FROM`, default `Parley <no-reply@HOST of PARLEY_URL>`. */
  readonly mailFrom: string;
  /** S3-compatible storage; null keeps files on the local disk. `PARLEY_S3_*`. */
  readonly s3: S3Settings | null;
}

/** Where files go when they do not stay on the local disk. */
export interface S3Settings {
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Rate-limit plans, from the smallest. */
export const PLANS = ['starter', 'professional', 'business', 'unlimited'] as const;
/** The plan of a workspace: decides its requests per minute. */
export type Plan = (typeof PLANS)[number];

type Environment = Record<string, string | undefined>;

/** A setting that cannot be used; the message names the variable and what it takes. */
export class SettingsError extends Error {}

function wholeNumber(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new SettingsError(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const found = values.find((value) => value === text);
  if (found === undefined) throw new SettingsError(`${name} must be one of ${values.join(', ')}, not "${text}"`);
  return found;
}

function s3(env: Environment): S3Settings | null {
  if (!env.PARLEY_S3_BUCKET) return null;
  const { PARLEY_S3_ACCESS_KEY_ID: accessKeyId, PARLEY_S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) {
    throw new SettingsError('PARLEY_S3_BUCKET needs PARLEY_S3_ACCESS_KEY_ID and PARLEY_S3_SECRET_ACCESS_KEY');
  }
  return {
    bucket: env.PARLEY_S3_BUCKET,
    endpoint: env.PARLEY_S3_ENDPOINT || null,
    region: env.PARLEY_S3_REGION || 'us-east-1',
    accessKeyId,
    secretAccessKey,
  };
}

function smtpUrl(env: Environment): string | null {
  const text = env.SMTP_URL;
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw new SettingsError('SMTP_URL must read smtp://host:port or smtps://user:password@host:port');
  return text;
}

function adminKey(env: Environment): string | null {
  const key = env.PARLEY_API_KEY;
  if (!key) return null;
  if (!/^sk_(live|test)_[A-Za-z0-9_-]{16,200}$/.test(key)) {
    throw new SettingsError('PARLEY_API_KEY must be sk_live_ or sk_test_ and then 16 to 200 letters, digits, _ or -');
  }
  return key;
}

/**
 * Reads the settings from the environment.
 * @throws SettingsError when a variable is set to something that cannot be used.
 */
export function readSettings(env: Environment): Settings {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65_535);
  const host = env.HOST || '127.0.0.1';
  const publicUrl = (env.PARLEY_URL || `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`).replace(/\/+$/, '');
  return {
    port,
    host,
    home: resolve((env.PARLEY_HOME || '.parley').replace(/^~(?=\/|$)/, homedir())),
    databaseUrl: env.DATABASE_URL || null,
    redisUrl: env.REDIS_URL || null,
    adminEmail: env.PARLEY_ADMIN_EMAIL || 'admin@parley.local',
    adminPassword: env.PARLEY_ADMIN_PASSWORD || null,
    apiKey: adminKey(env),
    signupOpen: oneOf(env, 'PARLEY_SIGNUP', ['open', 'closed'], 'closed') === 'open',
    plan: oneOf(env, 'PARLEY_PLAN', PLANS, 'unlimited'),
    allowNetworks: (env.PARLEY_ALLOW_NETWORKS ?? '')
      .split(',')
      .map((cidr) => cidr.trim())
      .filter(Boolean),
    logLevel: oneOf(env, 'PARLEY_LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
    work: oneOf(env, 'PARLEY_WORK', ['0', '1'], '1') === '1',
    publicUrl,
    poolSize: wholeNumber(env, 'PARLEY_POOL', 12, 2, 500),
    smtpUrl: smtpUrl(env),
    mailFrom:
      env.PARLEY_MAIL_FROM ||
      `Parley <no-reply@${URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost'}>`,
    s3: s3(env),
  };
}

/** Injection token of the {@link Settings} that the process was started with. */
export const SETTINGS = Symbol('parley.settings');

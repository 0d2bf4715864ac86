import { homedir } from 'node:os';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Rate-limit plans, in ascending order of requests per minute. */
export const PLANS = ['starter', 'professional', 'business', 'unlimited'] as const;
/** Plan of a workspace. Determines its requests per minute. */
export type Plan = (typeof PLANS)[number];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

function integer(min: number, max: number): z.ZodCoercedNumber {
  const message = `must be an integer from ${min} to ${max}`;
  return z.coerce.number({ error: message }).int(message).min(min, message).max(max, message);
}

function url(protocols: RegExp, example: string): z.ZodURL {
  return z.url({ protocol: protocols, hostname: /./, error: `must have the form ${example}` });
}

/** Also accepts the URL of a Unix socket, such as `postgres:///parley?host=/run/postgresql`. */
function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/\S+$/.test(text) && URL.canParse(text.replace(/^(\w+:\/\/)(?=[/?])/, '$1localhost'));
}

function splitNetworks(text: string): string[] {
  return text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
}

function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

function isAddressOrNetwork(text: string): boolean {
  return ipaddr.isValid(text) || isNetwork(text);
}

/**
 * Every environment variable that Parley reads. `.env.example` and the table of settings in README.md are generated
 * from this schema with `npm run docs:settings`. An empty variable counts as unset.
 */
export const environmentSchema = z
  .object({
    PORT: integer(0, 65_535).default(3000).describe('TCP port of the API'),
    HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
    PARLEY_HOME: z
      .string()
      .default('.parley')
      .describe('Data folder: embedded Postgres, local files, and the credentials of the first admin'),
    PARLEY_URL: url(/^https?$/, 'https://support.example.com')
      .optional()
      .describe('Public base URL, used in links. Default: `http://HOST:PORT`'),
    DATABASE_URL: z
      .string()
      .refine(isDatabaseUrl, 'must have the form postgres://user:password@host:5432/database')
      .optional()
      .describe('Connection URL of your own Postgres (15 or newer). Without it, Parley starts the embedded server'),
    REDIS_URL: url(/^rediss?$/, 'redis://host:6379')
      .optional()
      .describe(
        'Redis for jobs (Bull) and shared rate limits. Without it, jobs use Postgres and limits are per process',
      ),
    PARLEY_POOL: integer(2, 500).default(12).describe('Maximum number of Postgres connections per process'),
    PARLEY_SHARED_READS: z
      .enum(['0', '1'])
      .default('1')
      .describe('`0` gives each short read a Postgres connection of its own'),
    PARLEY_EARLY_START: z
      .enum(['0', '1'])
      .default('1')
      .describe('`0` waits for the start of a transaction before its first statement is sent'),
    PARLEY_QUERY_CACHE: z.enum(['0', '1']).default('1').describe('`0` validates the query of every request again'),
    PARLEY_WORK: z
      .enum(['0', '1'])
      .default('1')
      .describe('`0` leaves events, timers and jobs to the processes started with `npm run start:worker`'),
    PARLEY_ADMIN_EMAIL: z
      .email('must be an e-mail address')
      .default('admin@parley.local')
      .describe('E-mail of the first admin'),
    PARLEY_ADMIN_PASSWORD: z.string().optional().describe('Password of the first admin. Default: random'),
    PARLEY_API_KEY: z
      .string()
      .regex(/^sk_(live|test)_[A-Za-z0-9_-]{16,200}$/, {
        error: 'must be sk_live_ or sk_test_ followed by 16 to 200 letters, digits, _ or -',
      })
      .optional()
      .describe(
        'API key of the first admin, `sk_live_…` or `sk_test_…`; a live key with either prefix. Default: random',
      ),
    PARLEY_SIGNUP: z
      .enum(['open', 'closed'])
      .default('closed')
      .describe('`open` allows anyone to register a workspace'),
    PARLEY_PLAN: z
      .enum(PLANS)
      .default('unlimited')
      .describe('Plan of new workspaces: 60, 300 or 1,000 requests per minute, or no limit'),
    PARLEY_ALLOW_NETWORKS: z
      .string()
      .refine((text) => splitNetworks(text).every(isNetwork), {
        error: ({ input }) =>
          `${splitNetworks(String(input)).find((network) => !isNetwork(network))} is not a network in CIDR notation, such as 10.1.0.0/16`,
      })
      .default('')
      .describe('Private networks that outbound requests may reach: CIDR ranges, separated by commas'),
    PARLEY_TRUST_PROXY: z
      .string()
      .refine((text) => text === 'none' || text === 'loopback' || splitNetworks(text).every(isAddressOrNetwork), {
        error: 'must be none, loopback, or addresses and CIDR ranges separated by commas',
      })
      .default('loopback')
      .describe(
        'Proxies whose `X-Forwarded-For` is believed: `none`, `loopback`, or addresses and CIDR ranges, separated by commas',
      ),
    PARLEY_METRICS_TOKEN: z
      .string()
      .min(16, 'must have at least 16 characters')
      .optional()
      .describe('Bearer token for `/metrics`. Without it, only requests from this machine get the metrics'),
    SMTP_URL: url(/^smtps?$/, 'smtp://host:port or smtps://user:password@host:port')
      .optional()
      .describe('Mail server. Without it, links for invitations and password resets are returned by the API'),
    PARLEY_MAIL_FROM: z.string().optional().describe('Sender of e-mails. Default: `Parley <no-reply@HOST>`'),
    PARLEY_S3_BUCKET: z.string().optional().describe('S3-compatible bucket for files. Default: the local disk'),
    PARLEY_S3_ENDPOINT: url(/^https?$/, 'https://s3.example.com')
      .optional()
      .describe('Endpoint of the S3-compatible service'),
    PARLEY_S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
    PARLEY_S3_ACCESS_KEY_ID: z.string().optional().describe('Access key ID. Required with `PARLEY_S3_BUCKET`'),
    PARLEY_S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret access key. Required with `PARLEY_S3_BUCKET`'),
    PARLEY_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Lowest level of the log'),
  })
  .refine((env) => !env.PARLEY_S3_BUCKET || (env.PARLEY_S3_ACCESS_KEY_ID && env.PARLEY_S3_SECRET_ACCESS_KEY), {
    path: ['PARLEY_S3_BUCKET'],
    error: 'requires PARLEY_S3_ACCESS_KEY_ID and PARLEY_S3_SECRET_ACCESS_KEY',
  });

type Environment = z.output<typeof environmentSchema>;

function toS3Settings(env: Environment) {
  if (env.PARLEY_S3_BUCKET === undefined) return null;
  return {
    bucket: env.PARLEY_S3_BUCKET,
    endpoint: env.PARLEY_S3_ENDPOINT ?? null,
    region: env.PARLEY_S3_REGION,
    accessKeyId: env.PARLEY_S3_ACCESS_KEY_ID!,
    secretAccessKey: env.PARLEY_S3_SECRET_ACCESS_KEY!,
  } as const;
}

function toSettings(env: Environment) {
  const host = env.HOST === '0.0.0.0' ? 'localhost' : env.HOST;
  const publicUrl = (env.PARLEY_URL ?? `http://${host}:${env.PORT}`).replace(/\/+$/, '');
  const mailHost = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost';
  return {
    port: env.PORT,
    host: env.HOST,
    home: resolve(env.PARLEY_HOME.replace(/^~(?=\/|$)/, homedir())),
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    adminEmail: env.PARLEY_ADMIN_EMAIL,
    adminPassword: env.PARLEY_ADMIN_PASSWORD ?? null,
    apiKey: env.PARLEY_API_KEY ?? null,
    signupOpen: env.PARLEY_SIGNUP === 'open',
    plan: env.PARLEY_PLAN,
    allowNetworks: splitNetworks(env.PARLEY_ALLOW_NETWORKS) as readonly string[],
    trustProxy: env.PARLEY_TRUST_PROXY === 'none' ? (false as const) : splitNetworks(env.PARLEY_TRUST_PROXY).join(','),
    metricsToken: env.PARLEY_METRICS_TOKEN ?? null,
    logLevel: env.PARLEY_LOG_LEVEL as string,
    work: env.PARLEY_WORK === '1',
    sharedReads: env.PARLEY_SHARED_READS === '1',
    earlyStart: env.PARLEY_EARLY_START === '1',
    queryCache: env.PARLEY_QUERY_CACHE === '1',
    publicUrl,
    poolSize: env.PARLEY_POOL,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.PARLEY_MAIL_FROM ?? `Parley <no-reply@${mailHost}>`,
    s3: toS3Settings(env),
  };
}

/** Settings of a process, as described by {@link environmentSchema}. `null` means: not configured. */
export type Settings = Readonly<ReturnType<typeof toSettings>>;
/** Access to an S3-compatible bucket. */
export type S3Settings = NonNullable<Settings['s3']>;

/** An environment variable has an invalid value. The message names the variable and the accepted values. */
export class SettingsError extends Error {}

/**
 * Parses the settings.
 * @throws SettingsError if a variable has an invalid value. The message does not contain the value.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environmentSchema.safeParse(present);
  if (result.success) return toSettings(result.data);
  const problems = result.error.issues.map((issue) => {
    const text = issue.code === 'invalid_value' ? `must be one of: ${issue.values.join(', ')}` : issue.message;
    return `${issue.path.join('.')} ${text}`;
  });
  throw new SettingsError(problems.join('\n'));
}

/** Injection token of the {@link Settings} of the process. */
export const SETTINGS = Symbol('parley.settings');

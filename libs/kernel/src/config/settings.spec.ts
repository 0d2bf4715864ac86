import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { readSettings, SettingsError } from './settings.js';

describe('readSettings', () => {
  it('should return a default for every setting when the environment is empty', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      home: resolve('.parley'),
      databaseUrl: null,
      redisUrl: null,
      adminEmail: 'admin@parley.local',
      adminPassword: null,
      apiKey: null,
      signupOpen: false,
      plan: 'unlimited',
      allowNetworks: [],
      logLevel: 'info',
      work: true,
      publicUrl: 'http://127.0.0.1:3000',
      smtpUrl: null,
      mailFrom: 'Parley <no-reply@127.0.0.1>',
      s3: null,
    });
  });

  it('should treat an empty variable as not set', () => {
    const names = [
      'PORT',
      'HOST',
      'PARLEY_HOME',
      'DATABASE_URL',
      'REDIS_URL',
      'PARLEY_API_KEY',
      'PARLEY_SIGNUP',
      'PARLEY_PLAN',
      'PARLEY_LOG_LEVEL',
      'PARLEY_WORK',
      'PARLEY_SHARED_READS',
      'PARLEY_EARLY_START',
      'PARLEY_QUERY_CACHE',
      'PARLEY_URL',
      'PARLEY_POOL',
      'PARLEY_S3_BUCKET',
      'SMTP_URL',
      'PARLEY_MAIL_FROM',
    ];
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readSettings({}));
  });

  it('should read the variables that are set', () => {
    const settings = readSettings({
      PORT: '8080',
      HOST: '0.0.0.0',
      PARLEY_HOME: '~/parley',
      DATABASE_URL: 'postgres://db/parley',
      PARLEY_SIGNUP: 'open',
      PARLEY_PLAN: 'starter',
      PARLEY_WORK: '0',
      PARLEY_ALLOW_NETWORKS: '10.0.0.0/8, 192.168.0.0/16,',
      PARLEY_API_KEY: 'sk_test_0123456789abcdef',
      PARLEY_URL: 'https://help.example.com/',
    });
    expect(settings).toMatchObject({
      port: 8080,
      home: `${homedir()}/parley`,
      databaseUrl: 'postgres://db/parley',
      signupOpen: true,
      plan: 'starter',
      work: false,
      allowNetworks: ['10.0.0.0/8', '192.168.0.0/16'],
      apiKey: 'sk_test_0123456789abcdef',
      publicUrl: 'https://help.example.com',
    });
  });

  it.each([
    'postgresql://user:w%40rd@db.example.com:5433/parley?sslmode=require',
    'postgres:///parley?host=/run/postgresql',
  ])('should accept the database URL %s', (databaseUrl) => {
    expect(readSettings({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl);
  });

  it('should derive the mail sender from the public host when PARLEY_MAIL_FROM is not set', () => {
    expect(
      readSettings({ SMTP_URL: 'smtps://user:word@mail.example.com:465', PARLEY_URL: 'https://help.example.com' }),
    ).toMatchObject({
      smtpUrl: 'smtps://user:word@mail.example.com:465',
      mailFrom: 'Parley <no-reply@help.example.com>',
    });
    expect(readSettings({ PARLEY_MAIL_FROM: 'Help <help@example.com>' }).mailFrom).toBe('Help <help@example.com>');
  });

  it('should use localhost in the public URL when the server listens on all addresses', () => {
    expect(readSettings({ HOST: '0.0.0.0', PORT: '80' }).publicUrl).toBe('http://localhost:80');
  });

  it('should require the credentials of the S3 bucket', () => {
    const env = { PARLEY_S3_BUCKET: 'files', PARLEY_S3_ACCESS_KEY_ID: 'id', PARLEY_S3_SECRET_ACCESS_KEY: 'secret' };
    expect(readSettings(env).s3).toEqual({
      bucket: 'files',
      endpoint: null,
      region: 'us-east-1',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
    expect(() => readSettings({ PARLEY_S3_BUCKET: 'files' })).toThrow(/PARLEY_S3_ACCESS_KEY_ID/);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PARLEY_POOL', '1'],
    ['PARLEY_SIGNUP', 'yes'],
    ['PARLEY_PLAN', 'Starter'],
    ['PARLEY_LOG_LEVEL', 'loud'],
    ['PARLEY_WORK', 'true'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['PARLEY_API_KEY', 'sk_live_short'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_URL', 'mysql://user@db/parley'],
    ['DATABASE_URL', 'postgres://user:word@db:port/parley'],
    ['REDIS_URL', 'localhost:6379'],
    ['PARLEY_URL', 'help.example.com'],
    ['PARLEY_URL', 'ftp://help.example.com'],
    ['PARLEY_S3_ENDPOINT', 's3.example.com'],
    ['PARLEY_ALLOW_NETWORKS', '10.0.0.0/8,localhost'],
    ['PARLEY_ALLOW_NETWORKS', '10.0.0.1'],
    ['PARLEY_ADMIN_EMAIL', 'admin'],
    ['PARLEY_API_KEY', 'a key of my own choosing'],
  ])('should reject %s=%s with an error that contains the name of the variable', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});

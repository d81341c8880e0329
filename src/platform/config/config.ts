import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import { IsBase64, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { FILE_PLACES, type FilePlace, filesPlace, type S3Settings, s3Settings, storageProblems } from './file-places.js';

const ANY_URL = { require_tld: false, require_protocol: true } as const;
const ROLES = ['web', 'worker', 'all'] as const;

/** Every environment variable the product reads, with its default. Addresses default to the sandboxes of this repository. */
class Environment {
  @IsIn(ROLES) ROLE: (typeof ROLES)[number] = 'all';
  @Type(() => Number) @IsInt() @Min(0) @Max(65535) PORT = 3000;
  @IsString() HOST = '127.0.0.1';
  @IsString() TRUSTED_PROXIES = 'loopback';
  @IsOptional() @MinLength(16) METRICS_TOKEN?: string;
  @IsUrl(ANY_URL) PUBLIC_URL = 'http://localhost:3000';
  @IsIn(['development', 'production', 'test']) NODE_ENV = 'production';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) LOG_LEVEL = 'info';

  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must start with postgres://' }) DATABASE_URL!: string;
  @Type(() => Number) @IsInt() @Min(2) @Max(200) DATABASE_POOL = 20;
  @IsOptional() @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must start with redis://' }) REDIS_URL?: string;
  @IsString() DATA_DIR = '.data';
  @IsIn(['on', 'off']) SAMPLE_DATA: 'on' | 'off' = 'off';

  /** An S3-compatible server for files: all of these, or none. */
  @IsOptional() @IsUrl(ANY_URL) S3_ENDPOINT?: string;
  @IsOptional() @IsString() S3_REGION?: string;
  @IsOptional() @IsString() S3_BUCKET?: string;
  @IsOptional() @IsString() S3_ACCESS_KEY_ID?: string;
  @IsOptional() @IsString() S3_SECRET_ACCESS_KEY?: string;
  /** `on`: the bucket is named in the path, as most servers want it; `off`: in the host name. */
  @IsIn(['on', 'off']) S3_FORCE_PATH_STYLE: 'on' | 'off' = 'on';
  /** Where files are kept; `s3` when S3_BUCKET is set. */
  @IsOptional() @IsIn(FILE_PLACES) FILES_IN?: FilePlace;
  /** While files are moved: where they are moved from. */
  @IsOptional() @IsIn(FILE_PLACES) FILES_MOVING_FROM?: FilePlace;

  @Matches(/^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/, {
    message: 'DATA_KEYS must be a list of id:base64 (32 bytes each), the newest first',
  })
  DATA_KEYS!: string;
  /** What look-ups in encrypted columns rest on; without it the oldest of DATA_KEYS, which then has to stay. Never changes. */
  @IsOptional() @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'INDEX_KEY must be 32 bytes in base64' }) INDEX_KEY?: string;
  @IsBase64() @MinLength(44) COOKIE_SECRET!: string;

  @IsUrl(ANY_URL) ESIA_URL = 'http://localhost:3001';
  @IsString() ESIA_ISSUER = 'http://esia.gosuslugi.ru/';
  @IsString() ESIA_CLIENT_ID = 'LKSPB01';
  @Matches(/^-----BEGIN (RSA )?PRIVATE KEY-----/, { message: 'ESIA_CLIENT_KEY_PEM must be a PEM private key' }) ESIA_CLIENT_KEY_PEM!: string;
  @Matches(/^-----BEGIN CERTIFICATE-----/, { message: 'ESIA_CLIENT_CERT_PEM must be a PEM certificate' }) ESIA_CLIENT_CERT_PEM!: string;
  @Matches(/^-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/, { message: 'ESIA_TOKEN_CERT_PEM must be a PEM certificate or public key' })
  ESIA_TOKEN_CERT_PEM!: string;

  @IsUrl(ANY_URL) BANK_URL = 'http://localhost:3002';
  @IsString() BANK_USER = 'lkspb-api';
  @IsString() BANK_PASSWORD!: string;
  @IsString() BANK_CALLBACK_KEY!: string;
  /** Name of the merchant in the address of the bank's payment page. */
  @Matches(/^[\w-]+$/) BANK_MERCHANT = 'lkspb';

  @IsUrl(ANY_URL) GIBDD_URL = 'http://localhost:3003';
  @IsUrl(ANY_URL) GISGMP_URL = 'http://localhost:3003';
  @Matches(/^[0-9a-f]{6}$/, { message: 'GISGMP_URN must be 6 hexadecimal digits' }) GISGMP_URN = 'a1b2c3';
  @IsIn(['SEED', 'LAW']) DISCOUNT_POLICY: 'SEED' | 'LAW' = 'SEED';

  @Matches(/^ss?mpp:\/\//, { message: 'SMPP_URL must start with smpp:// or ssmpp://' }) SMPP_URL = 'smpp://localhost:2775';
  @IsString() SMPP_SYSTEM_ID = 'lkspb';
  @IsString() SMPP_PASSWORD = 'sandbox';
  @IsString() SMS_SENDER = 'GU-SPB';
  @Matches(/^smtps?:\/\//, { message: 'SMTP_URL must start with smtp:// or smtps://' }) SMTP_URL = 'smtp://localhost:1025';
  @IsString() MAIL_FROM = 'Личный кабинет <no-reply@lk.example.ru>';
  @IsString() VAPID_PUBLIC_KEY = '';
  @IsString() VAPID_PRIVATE_KEY = '';
  @IsString() VAPID_SUBJECT = 'mailto:support@lk.example.ru';

  @IsOptional() @Matches(/^tcp:\/\//, { message: 'CLAMAV_URL must start with tcp://' }) CLAMAV_URL?: string;

  /** Path of a bundle of PEM certificates: the certification centres whose signatures are trusted. */
  @IsOptional() @IsString() SIGNATURE_ROOTS?: string;
  /** Path of an `openssl` that knows GOST by its engine `gost`; without it signatures by GOST stay unchecked. */
  @IsOptional() @IsString() GOST_OPENSSL?: string;
  /** Path of that engine (`gost.so`), where the program does not find it by itself. */
  @IsOptional() @IsString() GOST_ENGINE?: string;
}

/** The keys of a DATA_KEYS that is written as it has to be. */
export const readDataKeys = (text: string): readonly { readonly id: string; readonly base64: string }[] =>
  text.split(',').map((key) => {
    const [id = '', base64 = ''] = key.split(':');
    return { id, base64 };
  });

/** Lists every wrong or missing environment variable at once. */
export class InvalidEnvironment extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Settings of one process. Read from the environment once, never changed. */
export class Config {
  readonly role: 'web' | 'worker' | 'all';
  readonly port: number;
  readonly host: string;
  /** Balancers whose word on the caller's address is believed: addresses, networks, `loopback`, `uniquelocal`. */
  readonly trustedProxies: readonly string[];
  /** What a collector of metrics shows; without one only this machine may read them. */
  readonly metricsToken: string | undefined;
  /** Address citizens see, without a slash at the end. */
  readonly publicUrl: string;
  readonly environment: string;
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databasePool: number;
  readonly redisUrl: string | undefined;
  /** Folder for what this machine keeps: files when no object storage is set, and what is on its way to one. */
  readonly dataDir: string;
  /** Where files are kept and, while they are moved, where the others still are. */
  readonly files: { readonly in: FilePlace; readonly movingFrom: FilePlace | null };
  /** The object storage, where one is set. */
  readonly s3: S3Settings | null;
  /** Whether invented staff and the sample catalogue are loaded at start. */
  readonly sampleData: boolean;
  /** Keys for personal data at rest, newest first; each is 32 bytes in base64. */
  readonly dataKeys: readonly { readonly id: string; readonly base64: string }[];
  /** The key of the blind index in base64; absent where it rests on the oldest data key. */
  readonly indexKey: string | undefined;
  readonly cookieSecret: string;
  readonly esia: {
    readonly url: string;
    readonly issuer: string;
    readonly clientId: string;
    readonly clientKeyPem: string;
    readonly clientCertPem: string;
    readonly tokenCertPem: string;
    readonly redirectUri: string;
    /** Where a person edits the ESIA profile. */
    readonly profileUrl: string;
  };
  readonly bank: {
    readonly url: string;
    readonly userName: string;
    readonly password: string;
    readonly callbackKey: string;
    /** The hosted payment page; an order's own is this with `?mdOrder=`. */
    readonly pageUrl: string;
    readonly returnUrl: string;
    readonly callbackUrl: string;
  };
  readonly gibdd: { readonly url: string };
  readonly gisgmp: { readonly url: string; readonly urn: string };
  readonly discountPolicy: 'SEED' | 'LAW';
  readonly sms: { readonly url: string; readonly systemId: string; readonly password: string; readonly sender: string };
  readonly smtp: { readonly url: string; readonly from: string };
  readonly push: { readonly publicKey: string; readonly privateKey: string; readonly subject: string };
  readonly clamavUrl: string | undefined;
  /** What detached signatures are checked with. */
  readonly signatures: {
    /** Path of the trusted roots; null trusts nobody. */
    readonly rootsFile: string | null;
    readonly gost: { readonly program: string; readonly engine: string | null } | null;
  };

  private constructor(env: Environment) {
    const publicUrl = env.PUBLIC_URL.replace(/\/+$/, '');
    this.role = env.ROLE;
    this.port = env.PORT;
    this.host = env.HOST;
    this.trustedProxies = env.TRUSTED_PROXIES.split(',').map((proxy) => proxy.trim());
    this.metricsToken = env.METRICS_TOKEN;
    this.publicUrl = publicUrl;
    this.environment = env.NODE_ENV;
    this.logLevel = env.LOG_LEVEL;
    this.databaseUrl = env.DATABASE_URL;
    this.databasePool = env.DATABASE_POOL;
    this.redisUrl = env.REDIS_URL;
    this.dataDir = env.DATA_DIR;
    this.sampleData = env.SAMPLE_DATA === 'on';
    this.files = { in: filesPlace(env), movingFrom: env.FILES_MOVING_FROM ?? null };
    this.s3 = s3Settings(env);
    this.dataKeys = readDataKeys(env.DATA_KEYS);
    this.indexKey = env.INDEX_KEY;
    this.cookieSecret = env.COOKIE_SECRET;
    this.esia = {
      url: env.ESIA_URL,
      issuer: env.ESIA_ISSUER,
      clientId: env.ESIA_CLIENT_ID,
      clientKeyPem: env.ESIA_CLIENT_KEY_PEM,
      clientCertPem: env.ESIA_CLIENT_CERT_PEM,
      tokenCertPem: env.ESIA_TOKEN_CERT_PEM,
      redirectUri: `${publicUrl}/auth/esia/callback`,
      profileUrl: `${env.ESIA_URL}/profile/user/personal`,
    };
    this.bank = {
      url: env.BANK_URL,
      userName: env.BANK_USER,
      password: env.BANK_PASSWORD,
      callbackKey: env.BANK_CALLBACK_KEY,
      pageUrl: `${env.BANK_URL}/payment/merchants/${env.BANK_MERCHANT}/payment_ru.html`,
      returnUrl: `${publicUrl}/payments/return`,
      callbackUrl: `${publicUrl}/callbacks/bank`,
    };
    this.gibdd = { url: env.GIBDD_URL };
    this.gisgmp = { url: env.GISGMP_URL, urn: env.GISGMP_URN };
    this.discountPolicy = env.DISCOUNT_POLICY;
    this.sms = { url: env.SMPP_URL, systemId: env.SMPP_SYSTEM_ID, password: env.SMPP_PASSWORD, sender: env.SMS_SENDER };
    this.smtp = { url: env.SMTP_URL, from: env.MAIL_FROM };
    this.push = { publicKey: env.VAPID_PUBLIC_KEY, privateKey: env.VAPID_PRIVATE_KEY, subject: env.VAPID_SUBJECT };
    this.clamavUrl = env.CLAMAV_URL;
    this.signatures = {
      rootsFile: env.SIGNATURE_ROOTS ?? null,
      gost: env.GOST_OPENSSL ? { program: env.GOST_OPENSSL, engine: env.GOST_ENGINE ?? null } : null,
    };
  }

  /** Throws InvalidEnvironment naming all problems. An empty variable counts as absent. */
  static from(variables: Readonly<Record<string, string | undefined>>): Config {
    const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
    const env = plainToInstance(Environment, given, { exposeDefaultValues: true });
    const problems = validateSync(env, { stopAtFirstError: true }).map((error) => {
      const reason = Object.values(error.constraints ?? {}).join(', ');
      return given[error.property] === undefined ? `${error.property} is missing` : reason;
    });
    problems.push(...storageProblems(env));
    if (problems.length > 0) throw new InvalidEnvironment(problems);
    return new Config(env);
  }

  get runsWeb(): boolean {
    return this.role !== 'worker';
  }

  get runsWorker(): boolean {
    return this.role !== 'web';
  }
}

import { type LoggerService } from '@nestjs/common';
import { pino } from 'pino';

type Details = Readonly<Record<string, unknown>>;

/** Fields that never reach a log, wherever they stand. */
const SECRET = ['password', 'token', 'accessToken', 'snils', 'inn', 'sts', 'grz', 'phone', 'mobile', 'email', 'requisites', 'authorization', 'cookie'];
const redact = { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '•••' };

/**
 * Of an error only what says where and why. What else it carries may be personal: PostgreSQL puts the refused row into `detail`,
 * other libraries the question and its parameters.
 */
const described = (error: unknown): Details => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    cause: error.cause === undefined ? undefined : described(error.cause),
  };
};

/** Nest's logger on pino: one JSON object a line, personal data blotted out. */
export class JsonLogger implements LoggerService {
  private readonly pino;

  constructor(level: string, destination?: { write(line: string): void }) {
    this.pino = pino({ level, redact, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: described } }, destination);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last; an object first means details, then the sentence follows. */
  private write(level: 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const words = [message, ...rest].filter((part): part is string => typeof part === 'string');
    const details = [message, ...rest].find((part): part is Details => typeof part === 'object' && part !== null);
    const context = typeof rest.at(-1) === 'string' ? words.pop() : undefined;
    this.pino[level]({ ...(details instanceof Error ? { err: details } : details), context }, words.join(' '));
  }
}

import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { DomainError } from '../../kernel/domain-error.js';

/** The body is not of the shape that the API's description gives. */
export class MalformedBody extends DomainError {
  readonly code = 'platform.malformed-body';
  readonly kind = 'malformed';

  constructor(override readonly faults: Readonly<Record<string, string>>) {
    super();
  }
}

/** No body of ours is nested deeper, and what reads it calls itself at every level. */
const MAX_LEVELS = 16;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part)));

/** Reads a JSON body into a class and checks it; what the class does not know is dropped. Throws MalformedBody. */
export async function readApiBody<B extends object>(bodyClass: ClassConstructor<B>, body: unknown): Promise<B> {
  if (body === null || typeof body !== 'object' || Array.isArray(body) || isDeeperThan(MAX_LEVELS, body)) throw new MalformedBody({});
  const read = plainToInstance(bodyClass, body, { exposeDefaultValues: true });
  const problems = await validate(read, { stopAtFirstError: true, whitelist: true });
  if (problems.length === 0) return read;
  throw new MalformedBody(Object.fromEntries(problems.map(({ property, constraints }) => [property, Object.keys(constraints ?? {})[0] ?? 'invalid'])));
}

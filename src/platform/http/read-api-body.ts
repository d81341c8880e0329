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

/** Reads a JSON body into a class and checks it; what the class does not know is dropped. Throws MalformedBody. */
export async function readApiBody<B extends object>(bodyClass: ClassConstructor<B>, body: unknown): Promise<B> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new MalformedBody({});
  const read = plainToInstance(bodyClass, body, { exposeDefaultValues: true });
  const problems = await validate(read, { stopAtFirstError: true, whitelist: true });
  if (problems.length === 0) return read;
  throw new MalformedBody(Object.fromEntries(problems.map(({ property, constraints }) => [property, Object.keys(constraints ?? {})[0] ?? 'invalid'])));
}

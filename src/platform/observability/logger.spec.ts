import { JsonLogger } from './logger.js';

describe('The log', () => {
  const lines: string[] = [];
  const logger = new JsonLogger('info', { write: (line) => void lines.push(line) });
  const written = () => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('blots out personal data and secrets wherever they stand', () => {
    const person = { snils: '11223344595', phone: '+79210000006', email: 'maria@example.ru' };
    logger.warn({ person, request: { headers: { cookie: 'session', authorization: 'Bearer 1' } }, token: 'abc' }, 'Asked', 'Http');
    expect(written()).toMatchObject({ msg: 'Asked', context: 'Http' });
    expect(lines.at(-1)).not.toMatch(/11223344595|9210000006|maria@|session|Bearer|abc/);
  });

  it('tells of a failed query what and where, not the row', () => {
    const refused = Object.assign(new Error('null value in column "text" violates not-null constraint'), {
      code: '23502',
      detail: 'Failing row contains (1, Невская, 11223344595).',
      parameters: ['Невская'],
    });
    logger.error({ err: new Error('Not saved', { cause: refused }), errorId: '7' }, 'A request failed', 'Http');
    const { err, errorId } = written() as { err: { stack: string; cause: object }; errorId: string };
    expect(errorId).toBe('7');
    expect(err).toMatchObject({ type: 'Error', message: 'Not saved', cause: { code: '23502', message: refused.message } });
    expect(err.stack).toContain('logger.spec');
    expect(lines.at(-1)).not.toMatch(/Невская|11223344595/);
  });

  it('describes an error given in place of words', () => {
    logger.error(Object.assign(new TypeError('broken'), { detail: 'row' }), 'Worker');
    expect(written()).toMatchObject({ context: 'Worker', err: { type: 'TypeError', message: 'broken' } });
    expect(lines.at(-1)).not.toContain('"row"');
  });
});

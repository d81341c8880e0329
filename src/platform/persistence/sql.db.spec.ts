import { testConfig } from '../../../test/support/test-config.js';
import { type TestDatabase, testDatabase } from '../../../test/support/test-database.js';
import { Sql } from './sql.js';

describe('Questions in SQL', () => {
  let database: TestDatabase;
  let sql: Sql;

  beforeAll(async () => {
    database = await testDatabase();
    sql = new Sql(testConfig(database.url));
  });

  afterAll(async () => {
    await sql.onApplicationShutdown();
    await database.drop();
  });

  it('survive the end of a connection that is lent out', async () => {
    const client = await sql.pool.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await sql.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    await expect(client.query('select 1')).rejects.toThrow();
    client.release();
    expect(await sql.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

import { defineEntity, p } from '@mikro-orm/core';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { KeyRing } from '../security/key-ring.js';
import { encryptedTables, keysInColumns } from './encrypted-columns.js';
import { EncryptedJson, EncryptedText } from './encrypted-text.js';
import { reEncrypt } from './re-encryption.js';

const key = (id: string, filling: number) => ({ id, base64: Buffer.alloc(32, filling).toString('base64') });
const OLD = new KeyRing([key('k1', 1)]);
const RING = new KeyRing([key('k2', 2), key('k1', 1)]);
const ROWS = 450;

class Letter {
  readonly box!: string;
  readonly number!: number;
  text!: string;
  /** Stands for a column that somebody adds one day. */
  notes!: string[] | null;
  plain!: string;
}

const LetterMapping = defineEntity({
  class: Letter,
  schema: 'rotation',
  tableName: 'letter',
  properties: {
    box: p.text().primary(),
    number: p.integer().primary(),
    text: p.type(EncryptedText),
    notes: p.type(EncryptedJson<string[]>).nullable(),
    plain: p.text(),
  },
});

describe('Re-encryption', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let other: pg.Client;

  beforeEach(async () => {
    database = await testDatabase();
    [client, other] = [new pg.Client({ connectionString: database.url }), new pg.Client({ connectionString: database.url })];
    await Promise.all([client.connect(), other.connect()]);
    await client.query(
      'create schema rotation; create table rotation.letter (box text, number int, text text not null, notes text, plain text not null, primary key (box, number))',
    );
    const texts = Array.from({ length: ROWS }, (_none, at) => OLD.encrypt(`письмо ${at}`));
    await client.query(
      `insert into rotation.letter select 'ящик ' || i % 7, i, ($1::text[])[i], case when i % 2 = 0 then ($1::text[])[i] end, ($1::text[])[1] from generate_series(1, ${ROWS}) i`,
      [texts],
    );
  });
  afterEach(async () => {
    await Promise.all([client.end(), other.end()]);
    await database.drop();
  });

  const tables = () => encryptedTables(database.url, [LetterMapping]);

  it('finds every encrypted column by its mapping', async () => {
    expect(await tables()).toEqual([
      {
        name: '"rotation"."letter"',
        key: [
          { column: '"box"', type: 'text' },
          { column: '"number"', type: 'int' },
        ],
        columns: ['"text"', '"notes"'],
      },
    ]);
  });

  it('puts every value under the newest key and leaves everything else as it was', async () => {
    const told: string[] = [];
    const pass = await reEncrypt(client, RING, await tables(), (column, renewed) => told.push(`${column} ${renewed}`));
    expect(pass).toEqual({ renewed: ROWS + Math.floor(ROWS / 2), passedOver: 0, unreadable: [] });
    expect(told).toEqual([`"rotation"."letter"."text" ${ROWS}`, `"rotation"."letter"."notes" ${Math.floor(ROWS / 2)}`]);
    expect(await keysInColumns(client, await tables())).toEqual(new Map([['k2', pass.renewed]]));
    const { rows } = await client.query<{ number: number; text: string; notes: string | null; plain: string }>('select * from rotation.letter');
    for (const { number, text, notes, plain } of rows) {
      expect(RING.decrypt(text)).toBe(`письмо ${number - 1}`);
      expect(notes && RING.decrypt(notes)).toBe(number % 2 === 0 ? `письмо ${number - 1}` : null);
      expect(KeyRing.keyIdOf(plain)).toBe('k1');
    }
    expect(await reEncrypt(client, RING, await tables())).toEqual({ renewed: 0, passedOver: 0, unreadable: [] });
  });

  it('passes over a row that somebody is changing, and takes their words the next time', async () => {
    await other.query('begin');
    await other.query('update rotation.letter set text = $1 where number = 5', [OLD.encrypt('новое')]);
    expect(await reEncrypt(client, RING, await tables())).toMatchObject({ passedOver: 1 });
    await other.query('commit');
    expect(await reEncrypt(client, RING, await tables())).toMatchObject({ renewed: 1, passedOver: 0 });
    const { rows } = await client.query<{ text: string }>('select text from rotation.letter where number = 5');
    expect(RING.decrypt(rows[0]!.text)).toBe('новое');
    expect(KeyRing.keyIdOf(rows[0]!.text)).toBe('k2');
  });

  it('does not overwrite what was changed after it was read', async () => {
    // Between the reading of a batch and its writing somebody else is faster: the update goes out on their connection before ours does.
    let faster: Promise<unknown> | undefined;
    const query = client.query.bind(client) as (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
    client.query = (async (text: string, values?: unknown[]) => {
      if (text.includes('skip locked')) await (faster ??= other.query('update rotation.letter set text = $1 where number = 1', [OLD.encrypt('успел')]));
      return query(text, values);
    }) as typeof client.query;
    expect(await reEncrypt(client, RING, await tables())).toMatchObject({ passedOver: 1 });
    const { rows } = await client.query<{ text: string }>('select text from rotation.letter where number = 1');
    expect(RING.decrypt(rows[0]!.text)).toBe('успел');
  });

  it('leaves what no key opens, and says where it is', async () => {
    await client.query('update rotation.letter set text = $1 where number = 3', [new KeyRing([key('k0', 9)]).encrypt('чужое')]);
    const { unreadable } = await reEncrypt(client, RING, await tables());
    expect(unreadable).toEqual(['"rotation"."letter"."text" (ящик 3, 3)']);
    expect((await keysInColumns(client, await tables())).get('k0')).toBe(1);
  });
});

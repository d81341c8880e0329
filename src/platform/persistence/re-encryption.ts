import type pg from 'pg';
import { type KeyRing, UndecipherableText } from '../security/key-ring.js';
import { type EncryptedTable } from './encrypted-columns.js';

const BATCH = 200;

/** What one pass over the columns did. */
export interface Pass {
  /** Values that rest on the newest key now. */
  readonly renewed: number;
  /** Values that others were changing just then; the next pass meets them again. */
  readonly passedOver: number;
  /** Where values are that no key of the ring opens: `table.column (key)`. They are left as they are. */
  readonly unreadable: readonly string[];
}

/** What the session of a rotation says of itself: triggers that keep a table append-only let the same words be put under another key. */
const ROTATES_KEYS = "set lk.rotates_keys = 'on'";

/**
 * Encrypts anew, with the newest key of the ring, what rests on an older one, while others read and write. A value is replaced only where
 * it is still the one that was read; versions stay, so that nobody's edit is refused for it. A row that somebody holds is passed over
 * instead of waited for, so that nobody ever waits in a circle. Can be broken off at any moment and repeated; several at once do no harm.
 * `onColumn` is told how many values of a column were renewed.
 */
export async function reEncrypt(
  client: pg.Client,
  ring: KeyRing,
  tables: readonly EncryptedTable[],
  onColumn: (column: string, renewed: number) => void = () => undefined,
): Promise<Pass> {
  await client.query(ROTATES_KEYS);
  const total = { renewed: 0, passedOver: 0, unreadable: [] as string[] };
  for (const table of tables) {
    for (const column of table.columns) {
      const pass = await new ColumnPass(client, ring, table, column).run();
      total.renewed += pass.renewed;
      total.passedOver += pass.passedOver;
      total.unreadable.push(...pass.unreadable);
      if (pass.renewed > 0) onColumn(`${table.name}.${column}`, pass.renewed);
    }
  }
  return total;
}

interface Due {
  readonly key: readonly string[];
  readonly value: string;
}

/** One encrypted column of one table, batch by batch in the order of the primary key. */
class ColumnPass {
  private readonly select: string;
  private readonly selectNext: string;
  private readonly update: string;
  private readonly newest: string;

  constructor(
    private readonly client: pg.Client,
    private readonly ring: KeyRing,
    private readonly table: EncryptedTable,
    private readonly column: string,
  ) {
    const { name, key } = table;
    this.newest = `v1.${ring.ids[0]!}.`;
    const names = key.map((part) => part.column).join(', ');
    const after = key.map(({ type }, at) => `$${at + 2}::${type}`).join(', ');
    const read = (condition: string) =>
      `select array[${key.map((part) => `${part.column}::text`).join(', ')}] as key, ${column} as value from ${name}
       where ${column} is not null and not starts_with(${column}, $1)${condition} order by ${names} limit ${BATCH}`;
    this.select = read('');
    this.selectNext = read(` and (${names}) > (${after})`);
    const parts = key.map((_part, at) => `k${at}`).join(', ');
    const same = (a: string, b: string) => key.map((part, at) => `${a}.${part.column} = ${b}.k${at}`).join(' and ');
    this.update = `
      with wanted as (
        select * from unnest(${key.map(({ type }, at) => `$${at + 3}::${type}[]`).join(', ')}, $1::text[], $2::text[]) as w(${parts}, was, becomes)
      ), held as (
        select ${key.map((part, at) => `t.${part.column} as k${at}`).join(', ')}, wanted.was, wanted.becomes
        from wanted join ${name} t on ${same('t', 'wanted')} for update of t skip locked
      )
      update ${name} t set ${column} = held.becomes from held where ${same('t', 'held')} and t.${column} = held.was`;
  }

  async run(): Promise<Pass> {
    const unreadable: string[] = [];
    let renewed = 0;
    let tried = 0;
    for (let batch = await this.read(null); batch.length > 0; batch = await this.read(batch.at(-1)!.key)) {
      const due = batch.flatMap((row) => {
        const becomes = this.renew(row.value);
        if (becomes === null) unreadable.push(`${this.table.name}.${this.column} (${row.key.join(', ')})`);
        return becomes === null ? [] : [{ ...row, becomes }];
      });
      const keys = this.table.key.map((_part, at) => due.map(({ key }) => key[at]));
      const { rowCount } = await this.client.query(this.update, [due.map(({ value }) => value), due.map(({ becomes }) => becomes), ...keys]);
      renewed += rowCount ?? 0;
      tried += due.length;
    }
    return { renewed, passedOver: tried - renewed, unreadable };
  }

  private async read(after: readonly string[] | null): Promise<Due[]> {
    const { rows } = await this.client.query<Due>(after ? this.selectNext : this.select, [this.newest, ...(after ?? [])]);
    return rows;
  }

  private renew(value: string): string | null {
    try {
      return this.ring.encrypt(this.ring.decrypt(value));
    } catch (error) {
      if (error instanceof UndecipherableText) return null;
      throw error;
    }
  }
}

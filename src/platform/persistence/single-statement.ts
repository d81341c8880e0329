import { type EntityMetadata } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { OutboxSubscriber } from '../outbox/outbox.subscriber.js';
import { Sql } from './sql.js';

/** How instances of one class become rows, as its mapping says. */
interface RowShape {
  readonly table: string;
  readonly columns: readonly string[];
  valuesOf(entity: object): unknown[];
}

/**
 * A unit of work in one prepared statement, and so in one round trip and one transaction: for writes that come by the thousand. All others go
 * through EntityManager, which needs a round trip for each table and two for the transaction. Rows are made by the same mappings.
 */
@Injectable()
export class SingleStatement {
  private readonly shapes = new Map<object, RowShape>();

  constructor(
    private readonly orm: MikroORM,
    private readonly sql: Sql,
    private readonly outbox: OutboxSubscriber,
  ) {}

  /**
   * Stores `changed`, which has an id and a version, the new entities `added` and the events of all of them. Answers false, and nothing is
   * stored, when `changed` was stored or removed by someone else since it was loaded. Throws pg's DatabaseError when a constraint refuses.
   */
  async store(changed: { readonly id: string; readonly version: number }, added: readonly object[]): Promise<boolean> {
    const values: unknown[] = [];
    const bind = (entity: object) => this.shapeOf(entity).valuesOf(entity).map((value) => `$${values.push(value)}`);
    const { table, columns } = this.shapeOf(changed);
    const assignments = bind(changed).map((parameter, at) => `${columns[at]} = ${parameter}`);
    const guard = `id = $${values.push(changed.id)} and version = $${values.push(changed.version)}`;
    const inserts = [...added, ...this.outbox.messagesOf([changed, ...added])].map((entity, at) => {
      const { table: into, columns: names } = this.shapeOf(entity);
      return `, added_${at + 1} as (insert into ${into} (${names.join(', ')}) select ${bind(entity).join(', ')} from changed)`;
    });
    const [outcome] = await this.sql.query<{ stored: number }>(
      `with changed as (update ${table} set ${assignments.join(', ')}, version = version + 1 where ${guard} returning id)${inserts.join('')}
       select count(*) as stored from changed`,
      values,
    );
    return outcome?.stored === 1;
  }

  /** The version is left to the database: 1 for a new row, one more for a changed one. */
  private shapeOf(entity: object): RowShape {
    let shape = this.shapes.get(entity.constructor);
    if (!shape) {
      const meta: EntityMetadata = this.orm.getMetadata().get(entity.constructor as new () => object);
      const platform = this.orm.em.getPlatform();
      const properties = meta.props.filter(({ persist, version }) => persist !== false && !version);
      shape = {
        table: `${meta.schema}.${meta.tableName}`,
        columns: properties.map(({ fieldNames }) => fieldNames[0]!),
        valuesOf: (source) =>
          properties.map(({ name, customType }) => {
            const value = (source as Record<string, unknown>)[name];
            return customType ? customType.convertToDatabaseValue(value, platform) : value;
          }),
      };
      this.shapes.set(entity.constructor, shape);
    }
    return shape;
  }
}

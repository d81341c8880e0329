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
  entityOf(row: object): object;
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

  /** The entity a row holds, outside of any unit of work: only `store` can save it. `row` has all columns by their names. */
  read<Entity extends object>(entityClass: new () => Entity, row: object): Entity {
    return this.shapeOf(entityClass).entityOf(row) as Entity;
  }

  /**
   * Stores `changed`, which has an id and a version, the new entities `added` and the events of all of them. Answers false, and nothing is
   * stored, when `changed` was stored or removed by someone else since it was loaded. Throws pg's DatabaseError when a constraint refuses.
   */
  async store(changed: { readonly id: string; readonly version: number }, added: readonly object[]): Promise<boolean> {
    const values: unknown[] = [];
    const bind = (entity: object) =>
      this.shapeOf(entity.constructor)
        .valuesOf(entity)
        .map((value) => `$${values.push(value)}`);
    const { table, columns } = this.shapeOf(changed.constructor);
    const assignments = bind(changed).map((parameter, at) => `${columns[at]} = ${parameter}`);
    const guard = `id = $${values.push(changed.id)} and version = $${values.push(changed.version)}`;
    const inserts = [...added, ...this.outbox.messagesOf([changed, ...added])].map((entity, at) => {
      const { table: into, columns: names } = this.shapeOf(entity.constructor);
      return `, added_${at + 1} as (insert into ${into} (${names.join(', ')}) select ${bind(entity).join(', ')} from changed)`;
    });
    const [outcome] = await this.sql.query<{ stored: number }>(
      `with changed as (update ${table} set ${assignments.join(', ')}, version = version + 1 where ${guard} returning id)${inserts.join('')}
       select count(*) as stored from changed`,
      values,
    );
    return outcome?.stored === 1;
  }

  /** The version is written by the database alone: 1 for a new row, one more for a changed one. */
  private shapeOf(entityClass: object): RowShape {
    let shape = this.shapes.get(entityClass);
    if (!shape) {
      const { schema, tableName, props, prototype } = this.orm
        .getMetadata()
        .get(entityClass as new () => object) as EntityMetadata<object>;
      const platform = this.orm.em.getPlatform();
      const stored = props.filter(({ persist }) => persist !== false);
      const written = stored.filter(({ version }) => !version);
      shape = {
        table: `${schema}.${tableName}`,
        columns: written.map(({ fieldNames }) => fieldNames[0]!),
        valuesOf: (entity) =>
          written.map(({ name, customType }) => {
            const value = (entity as Record<string, unknown>)[name];
            return customType ? (customType.convertToDatabaseValue(value, platform) as unknown) : value;
          }),
        entityOf: (row) => {
          const entity = Object.create(prototype) as Record<string, unknown>;
          for (const { name, fieldNames, customType } of stored) {
            const value = (row as Record<string, unknown>)[fieldNames[0]!];
            entity[name] = customType ? customType.convertToJSValue(value, platform) : value;
          }
          return entity;
        },
      };
      this.shapes.set(entityClass, shape);
    }
    return shape;
  }
}

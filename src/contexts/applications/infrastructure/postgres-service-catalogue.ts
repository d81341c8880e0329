import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type CatalogueService, ServiceCatalogue } from '../application/ports/service-catalogue.js';
import { type Directories, type DirectoryEntry } from '../domain/directories.js';
import { ServiceNotFound } from '../domain/draft.errors.js';
import { type FormDefinition } from '../domain/form-definition.js';

/** How long a service or a list may be remembered: a closed service is closed everywhere after this. */
const REMEMBERED_MS = 5_000;

interface Remembered<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/** The catalogue in PostgreSQL. Published forms are kept for good, services and lists for seconds. */
@Injectable()
export class PostgresServiceCatalogue extends ServiceCatalogue {
  private readonly forms = new Map<string, FormDefinition>();
  private services: Remembered<ReadonlyMap<string, CatalogueService>> | null = null;
  private lists: Remembered<Directories> | null = null;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {
    super();
  }

  async service(code: string): Promise<CatalogueService> {
    this.services = this.fresh(this.services, () => this.readServices());
    const service = (await this.services.value).get(code);
    if (!service) throw new ServiceNotFound();
    return service;
  }

  async form(serviceCode: string, version: number): Promise<FormDefinition> {
    const key = `${serviceCode}/${version}`;
    const remembered = this.forms.get(key);
    if (remembered) return remembered;
    const row = await this.sql.one<{ definition: FormDefinition }>(
      'select definition from applications.form_version where service_code = $1 and version = $2',
      [serviceCode, version],
    );
    if (!row) throw new ServiceNotFound();
    this.forms.set(key, row.definition);
    return row.definition;
  }

  directories(): Promise<Directories> {
    this.lists = this.fresh(this.lists, () => this.readLists());
    return this.lists.value;
  }

  /** A failed reading is not remembered. */
  private fresh<T>(remembered: Remembered<T> | null, read: () => Promise<T>): Remembered<T> {
    const now = this.clock.now().getTime();
    const age = remembered ? now - remembered.at : -1;
    // A clock that was set back makes a memory of the future: not to be trusted.
    if (remembered && age >= 0 && age < REMEMBERED_MS) return remembered;
    const value = read();
    value.catch(() => (this.services = this.lists = null));
    return { at: now, value };
  }

  private async readServices(): Promise<ReadonlyMap<string, CatalogueService>> {
    const rows = await this.sql.query<{ code: string; active: boolean; form_version: number }>(
      'select code, active, form_version from applications.service',
    );
    return new Map(rows.map(({ code, active, form_version: formVersion }) => [code, { code, active, formVersion }]));
  }

  private async readLists(): Promise<Directories> {
    const rows = await this.sql.query<DirectoryEntry & { directory: string }>(
      'select directory, code, title, parent, hint from applications.directory_entry order by directory, position',
    );
    const lists: Record<string, DirectoryEntry[]> = {};
    for (const { directory, ...entry } of rows) (lists[directory] ??= []).push(entry);
    return lists;
  }
}

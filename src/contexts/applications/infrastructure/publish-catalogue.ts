import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Directories, type DirectoryEntry } from '../domain/directories.js';
import { type FormDefinition } from '../domain/form-definition.js';
import { unsoundnessOf } from '../domain/form-soundness.js';
import { formDefinitionSchema } from './form-definition.schema.js';

/** Files of the sample catalogue, beside the compiled code as beside the source. */
export const SAMPLE_CATALOGUE = join(import.meta.dirname, '..', 'catalogue');

/** A `pg` pool or client. */
interface Database {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly object[] }>;
}

interface ServiceFile {
  readonly service: {
    readonly code: string;
    readonly title: string;
    readonly summary: string;
    readonly keywords: string;
    readonly sphere: { readonly code: string; readonly title: string };
    readonly passport: object;
    readonly active: boolean;
    readonly popular: boolean;
    readonly position: number;
  };
  readonly form: FormDefinition;
}

/** The catalogue as read from its files and checked. Throws with every problem of the first unsound file. */
export function readCatalogue(folder = SAMPLE_CATALOGUE): { readonly directories: Directories; readonly services: readonly ServiceFile[] } {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const raw = read('directories.json') as Record<string, readonly Partial<DirectoryEntry>[]>;
  const directories = Object.fromEntries(
    Object.entries(raw).map(([name, entries]) => [name, entries.map((entry) => ({ parent: null, hint: null, ...entry }) as DirectoryEntry)]),
  );
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(formDefinitionSchema);
  const services = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'directories.json')
    .map((file) => {
      const content = read(file) as ServiceFile;
      const problems = validate(content.form)
        ? unsoundnessOf(content.form, directories)
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
      if (problems.length > 0) throw new Error(`${file} is no sound form:\n${problems.join('\n')}`);
      return content;
    });
  return { directories, services };
}

/**
 * Brings services, lists and forms of the catalogue files into the database; repeating it changes nothing. Throws when a file changed a
 * form that was already published under the same version.
 */
export async function publishCatalogue(database: Database, folder = SAMPLE_CATALOGUE): Promise<void> {
  const { directories, services } = readCatalogue(folder);
  const entries = Object.entries(directories).flatMap(([directory, list]) => list.map((entry, position) => ({ directory, ...entry, position })));
  await database.query(
    `insert into applications.directory_entry (directory, code, title, parent, hint, position)
     select directory, code, title, parent, hint, position
     from jsonb_to_recordset($1::jsonb) as entry (directory text, code text, title text, parent text, hint text, position integer)
     on conflict (directory, code) do update set title = excluded.title, parent = excluded.parent, hint = excluded.hint, position = excluded.position`,
    [JSON.stringify(entries)],
  );
  for (const file of services) await publishService(database, file);
}

/** Different words of a text in lower case. */
const wordsOf = (text: string): string[] => [...new Set(text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [])];

async function publishService(database: Database, { service, form }: ServiceFile): Promise<void> {
  await database.query(
    `insert into applications.service
       (code, title, summary, sphere_code, sphere_title, authority_title, passport, active, popular, position, form_version, search_words, search_vector)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
       setweight(to_tsvector('russian', $13), 'A') || setweight(to_tsvector('russian', $14), 'B'))
     on conflict (code) do update set title = excluded.title, summary = excluded.summary,
       search_words = excluded.search_words, search_vector = excluded.search_vector, sphere_code = excluded.sphere_code, sphere_title = excluded.sphere_title, authority_title = excluded.authority_title,
       passport = excluded.passport, popular = excluded.popular, position = excluded.position, form_version = excluded.form_version`,
    [
      service.code,
      service.title,
      service.summary,
      service.sphere.code,
      service.sphere.title,
      form.service.authority.title,
      JSON.stringify(service.passport),
      service.active,
      service.popular,
      service.position,
      form.version,
      wordsOf(`${service.title} ${service.summary} ${service.keywords}`),
      service.title.toLowerCase(),
      `${service.summary} ${service.keywords}`.toLowerCase(),
    ],
  );
  const sha256 = createHash('sha256').update(JSON.stringify(form)).digest('hex');
  await database.query(
    `insert into applications.form_version (service_code, version, definition, sha256) values ($1, $2, $3, $4)
     on conflict (service_code, version) do nothing`,
    [service.code, form.version, JSON.stringify(form), sha256],
  );
  const { rows } = await database.query('select sha256 from applications.form_version where service_code = $1 and version = $2', [service.code, form.version]);
  if ((rows[0] as { sha256: string }).sha256 !== sha256)
    throw new Error(`The form ${service.code} was changed after its version ${form.version} was published: give it a new version`);
}

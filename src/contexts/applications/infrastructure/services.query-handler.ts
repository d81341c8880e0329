import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type ServiceLine, type ServicePassport, ServiceQuery, ServicesQuery, type ServiceView } from '../application/services.query.js';
import { admissionAt, runsFrom } from '../domain/filing-window.js';
import { type FormDefinition } from '../domain/form-definition.js';

const LINE = `code, title, summary, sphere_code as "sphereCode", sphere_title as "sphereTitle", authority_title as "authorityTitle"`;

/**
 * Russian word forms by full text; when that finds nothing, words that differ by a slip of the pen (one letter, two in long words).
 * A catalogue is hundreds of rows, so the second way needs no index.
 */
@QueryHandler(ServicesQuery)
export class ServicesQueryHandler implements IQueryHandler<ServicesQuery> {
  constructor(private readonly sql: Sql) {}

  execute({ filter }: ServicesQuery): Promise<readonly ServiceLine[]> {
    const { search = '', sphere = null, popularOnly = false } = filter;
    const asked = search.toLowerCase();
    return this.sql.query<ServiceLine>(
      `with offered as (
         select *, search_vector @@ wanted as hit, ts_rank(search_vector, wanted) as rank
         from applications.service, websearch_to_tsquery('russian', $1) wanted
         where active and ($2::text is null or sphere_code = $2) and (popular or not $3)
       )
       select ${LINE}
       from offered
       where $1 = '' or hit or (
         not exists (select from offered where hit) and exists (
           select from unnest($4::text[]) asked, unnest(search_words) known
           where char_length(asked) > 3 and levenshtein_less_equal(asked, known, 2) <= case when char_length(asked) < 6 then 1 else 2 end
         )
       )
       order by rank desc, position, code`,
      [asked, sphere, popularOnly, asked.match(/[\p{L}\d]{1,60}/gu) ?? []],
    );
  }
}

@QueryHandler(ServiceQuery)
export class ServiceQueryHandler implements IQueryHandler<ServiceQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ code }: ServiceQuery): Promise<ServiceView | null> {
    const row = await this.sql.one<ServiceLine & { active: boolean; passport: ServicePassport; definition: FormDefinition }>(
      `select s.active, s.passport, f.definition, ${LINE}
       from applications.service s join applications.form_version f on f.service_code = s.code and f.version = s.form_version
       where s.code = $1`,
      [code],
    );
    if (!row) return null;
    const { definition, ...line } = row;
    const now = this.clock.now();
    return {
      ...line,
      requiredLevel: definition.service.requiredLevel,
      windows: runsFrom(definition.windows, now),
      admission: admissionAt(definition.windows, now),
      asOf: now,
    };
  }
}

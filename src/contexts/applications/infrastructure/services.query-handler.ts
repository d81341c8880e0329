import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type ServiceLine, type ServicePassport, ServiceQuery, ServicesQuery, type ServiceView } from '../application/services.query.js';
import { admissionAt, runsFrom } from '../domain/filing-window.js';
import { type FormDefinition } from '../domain/form-definition.js';

const LINE = `code, title, summary, sphere_code as "sphereCode", sphere_title as "sphereTitle", authority_title as "authorityTitle"`;

/** Russian word forms by full text; slips of the pen by trigrams. A catalogue is hundreds of rows, so both may be asked at once. */
@QueryHandler(ServicesQuery)
export class ServicesQueryHandler implements IQueryHandler<ServicesQuery> {
  constructor(private readonly sql: Sql) {}

  execute({ filter }: ServicesQuery): Promise<readonly ServiceLine[]> {
    const { search = '', sphere = null, popularOnly = false } = filter;
    return this.sql.query<ServiceLine>(
      `select ${LINE}
       from applications.service, websearch_to_tsquery('russian', $1) wanted
       where active and ($2::text is null or sphere_code = $2) and (popular or not $3)
         and ($1 = '' or words @@ wanted or word_similarity($1, title || ' ' || keywords) > 0.4)
       order by ts_rank(words, wanted) desc, case when $1 = '' then 0 else word_similarity($1, title || ' ' || keywords) end desc, position, code`,
      [search, sphere, popularOnly],
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
    };
  }
}

import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { EsiaAccessQuery } from '../../identity/public.js';
import { EsiaAccessEnded } from '../domain/person.errors.js';
import { PersonRepository } from '../domain/person.repository.js';
import { Person } from '../domain/person.js';
import { PersonRegistry } from './ports/person-registry.js';

/**
 * Reads the person of this session at ESIA anew. Throws EsiaAccessEnded, PersonRegistryUnavailable (both leave the mirror as
 * it was) and AlreadyRefreshed (the mirror is fresh already).
 */
export class RefreshProfile extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(RefreshProfile)
export class RefreshProfileHandler implements ICommandHandler<RefreshProfile> {
  constructor(
    private readonly queries: QueryBus,
    private readonly registry: PersonRegistry,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, sessionId }: RefreshProfile): Promise<void> {
    const access = await this.queries.execute(new EsiaAccessQuery(sessionId));
    if (access === null || access.accountId !== accountId) throw new EsiaAccessEnded();
    const readAt = this.clock.now();
    const facts = await this.registry.read(access);
    const person = await this.persons.find(accountId);
    if (person === null) return this.persons.save(Person.mirror(accountId, facts, readAt));
    person.refresh(facts, readAt);
    await this.persons.save(person);
  }
}

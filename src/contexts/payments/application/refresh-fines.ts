import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { type VehicleDocuments, VehicleDocumentsQuery } from '../../profile/public.js';
import { Fine, type RegisteredFine } from '../domain/fine.js';
import { FineRepository } from '../domain/fine.repository.js';
import { type WatchedVehicle } from '../domain/watched-vehicle.js';
import { ChargesRegistry } from './ports/charges-registry.js';
import { DiscountRules } from './ports/discount-rules.js';
import { FinesRegistry } from './ports/fines-registry.js';
import { RegistryUnavailable } from './ports/outside.errors.js';

/**
 * Looks into the registers for the fines of these vehicles, or of all vehicles of an account. A register that does not answer
 * is no error: what is known stays, with its time, and the vehicle is due again soon.
 */
export class RefreshFines extends Command<void> {
  constructor(readonly vehicles: { readonly ids: readonly string[] } | { readonly accountId: string }) {
    super();
  }
}

/** What the road police's register said of one vehicle. */
type Look =
  | { readonly kind: 'listed'; readonly fines: readonly RegisteredFine[]; readonly asOf: Date }
  | { readonly kind: 'silent' }
  | { readonly kind: 'no-vehicle' };

@CommandHandler(RefreshFines)
export class RefreshFinesHandler implements ICommandHandler<RefreshFines> {
  constructor(
    private readonly fines: FineRepository,
    private readonly finesRegistry: FinesRegistry,
    private readonly chargesRegistry: ChargesRegistry,
    private readonly rules: DiscountRules,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ vehicles: which }: RefreshFines): Promise<void> {
    const now = this.clock.now();
    const vehicles = (await this.fines.vehicles(which)).filter((vehicle) => vehicle.canRefresh(now));
    if (vehicles.length === 0) return;
    const looks = await Promise.all(vehicles.map(async (vehicle) => ({ vehicle, look: await this.lookFor(vehicle) })));
    const answered = new Set(
      looks.filter(({ look }) => look.kind === 'listed').map(({ vehicle }) => vehicle.accountId),
    );
    const fines = await this.fines.ofAccounts([...answered]);
    for (const { vehicle, look } of looks) this.take(vehicle, look, fines);
    await this.explain(fines);
    await this.fines.save(fines, vehicles);
  }

  private async lookFor({ id }: WatchedVehicle): Promise<Look> {
    const documents: VehicleDocuments | null = await this.queries.execute(new VehicleDocumentsQuery(id));
    if (documents === null) return { kind: 'no-vehicle' };
    try {
      return { kind: 'listed', ...(await this.finesRegistry.unpaidFines(documents)) };
    } catch (error) {
      if (error instanceof RegistryUnavailable) return { kind: 'silent' };
      throw error;
    }
  }

  private take(vehicle: WatchedVehicle, look: Look, fines: Fine[]): void {
    if (look.kind === 'no-vehicle') return vehicle.vanished(this.clock.now());
    if (look.kind === 'silent') return vehicle.registryFailed(this.clock.now());
    const reading = { asOf: look.asOf, policySet: this.rules.policySet };
    for (const listed of look.fines) {
      const known = fines.find(({ accountId, uin }) => accountId === vehicle.accountId && uin === listed.uin);
      if (known) known.listed(listed, reading);
      else
        fines.push(
          Fine.found(this.ids.next(), { accountId: vehicle.accountId, vehicleId: vehicle.id }, listed, reading),
        );
    }
    vehicle.registryAnswered(look.asOf);
  }

  /** The police list only what is unpaid, and not whom to pay: the register of charges tells the rest. */
  private async explain(fines: readonly Fine[]): Promise<void> {
    const unexplained = fines.filter((fine) => fine.isOpen || !fine.knowsPayee);
    if (unexplained.length === 0) return;
    try {
      const { charges, asOf } = await this.chargesRegistry.byUin([...new Set(unexplained.map(({ uin }) => uin))]);
      for (const fine of unexplained) {
        const charge = charges.find(({ uin }) => uin === fine.uin);
        if (charge) fine.chargeKnown(charge, asOf);
      }
    } catch (error) {
      if (!(error instanceof RegistryUnavailable)) throw error;
    }
  }
}

import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { PlateNumber } from '../../../../kernel/plate-number.js';
import { VehicleCertificateNumber } from '../../../../kernel/vehicle-certificate-number.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { type FormErrors, formErrors, readForm } from '../../../../platform/http/read-form.js';
import { AddVehicle } from '../../application/add-vehicle.js';
import { EditVehicle } from '../../application/edit-vehicle.js';
import { RemoveVehicle } from '../../application/remove-vehicle.js';
import { RestoreVehicle } from '../../application/restore-vehicle.js';
import { VehicleQuery, type VehicleView } from '../../application/vehicles.query.js';
import { VehicleAlreadyAdded, VehicleChangedMeanwhile, VehicleNotFound } from '../../domain/vehicle.errors.js';
import { type VehicleDescription } from '../../domain/vehicle.js';
import { EditVehicleForm, VehicleForm } from './vehicle.form.js';
import { editVehiclePage, newVehiclePage, removedVehiclePage, removeVehiclePage } from './vehicle.page.js';

const FORM = 'profile/vehicle-form';
const VehicleId = () => Param('id', new ParseUUIDPipe({ exceptionFactory: () => new VehicleNotFound() }));
const certificateTaken = (): FormErrors =>
  formErrors({ sts: 'Транспортное средство с этим свидетельством уже добавлено. Проверьте серию и номер' });

/** «Информация о транспортных средствах»: typed in by the citizen, so that fines are found by themselves. */
@Controller('profile/vehicles')
export class VehiclesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('new')
  showNew(): Page {
    return page(FORM, newVehiclePage(new VehicleForm(), null));
  }

  @Post()
  async add(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(VehicleForm, body);
    if (errors) return page(FORM, newVehiclePage(form, errors), { status: 422 });
    try {
      await this.commands.execute(new AddVehicle(citizen.accountId, descriptionOf(form)));
    } catch (error) {
      if (!(error instanceof VehicleAlreadyAdded)) throw error;
      return page(FORM, newVehiclePage(form, certificateTaken()), { status: 409 });
    }
    return seeOther('/profile', { notice: 'profile.vehicle-added' });
  }

  @Get(':id')
  async showEdit(@CurrentCitizen() citizen: Citizen, @VehicleId() id: string): Promise<Page> {
    const vehicle = await this.kept(citizen, id);
    return page(FORM, editVehiclePage(vehicle, formOf(vehicle), null));
  }

  @Post(':id')
  async edit(
    @CurrentCitizen() citizen: Citizen,
    @VehicleId() id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const vehicle = await this.kept(citizen, id);
    const { form, errors } = await readForm(EditVehicleForm, body);
    if (errors) return page(FORM, editVehiclePage(vehicle, form, errors), { status: 422 });
    try {
      await this.commands.execute(new EditVehicle(citizen.accountId, id, form.version, descriptionOf(form)));
    } catch (error) {
      if (error instanceof VehicleAlreadyAdded)
        return page(FORM, editVehiclePage(vehicle, form, certificateTaken()), { status: 409 });
      if (!(error instanceof VehicleChangedMeanwhile)) throw error;
      // Both versions on one page: what was typed in the fields, what is stored above them. Sending again replaces the latter.
      const stored = await this.kept(citizen, id);
      form.version = stored.version;
      return page(FORM, editVehiclePage(stored, form, null, true), { status: 409 });
    }
    return seeOther('/profile', { notice: 'profile.vehicle-changed' });
  }

  @Get(':id/remove')
  async askToRemove(@CurrentCitizen() citizen: Citizen, @VehicleId() id: string): Promise<Page> {
    return page('profile/vehicle-remove', removeVehiclePage(await this.kept(citizen, id)));
  }

  @Post(':id/remove')
  async remove(@CurrentCitizen() citizen: Citizen, @VehicleId() id: string): Promise<SeeOther> {
    await this.commands.execute(new RemoveVehicle(citizen.accountId, id));
    return seeOther(`/profile/vehicles/${id}/removed`);
  }

  @Get(':id/removed')
  async showRemoved(@CurrentCitizen() citizen: Citizen, @VehicleId() id: string): Promise<Page | SeeOther> {
    const vehicle = await this.find(citizen, id);
    return vehicle.removed ? page('profile/vehicle-removed', removedVehiclePage(vehicle)) : seeOther('/profile');
  }

  @Post(':id/restore')
  async restore(@CurrentCitizen() citizen: Citizen, @VehicleId() id: string): Promise<Page | SeeOther> {
    try {
      await this.commands.execute(new RestoreVehicle(citizen.accountId, id));
    } catch (error) {
      if (!(error instanceof VehicleAlreadyAdded)) throw error;
      return page('profile/vehicle-removed', removedVehiclePage(await this.find(citizen, id), true), { status: 409 });
    }
    return seeOther('/profile', { notice: 'profile.vehicle-restored' });
  }

  private async find(citizen: Citizen, id: string): Promise<VehicleView> {
    const vehicle = await this.queries.execute(new VehicleQuery(citizen.accountId, id));
    if (vehicle === null) throw new VehicleNotFound({ vehicleId: id });
    return vehicle;
  }

  private async kept(citizen: Citizen, id: string): Promise<VehicleView> {
    const vehicle = await this.find(citizen, id);
    if (vehicle.removed) throw new VehicleNotFound({ vehicleId: id });
    return vehicle;
  }
}

const descriptionOf = (form: VehicleForm): VehicleDescription => ({
  make: form.make,
  plate: PlateNumber.parse(form.grz, form.plateType),
  certificate: VehicleCertificateNumber.parse(form.sts),
});

const formOf = ({ make, plateType, grz, sts, version }: VehicleView): EditVehicleForm =>
  Object.assign(new EditVehicleForm(), { make, plateType, grz, sts, version });

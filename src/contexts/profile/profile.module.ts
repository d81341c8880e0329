import { Module } from '@nestjs/common';
import { AddVehicleHandler } from './application/add-vehicle.js';
import { EditVehicleHandler } from './application/edit-vehicle.js';
import { PersonRegistry } from './application/ports/person-registry.js';
import { RefreshProfileOnSignedIn } from './application/refresh-profile-on-signed-in.js';
import { RefreshProfileHandler } from './application/refresh-profile.js';
import { RemoveVehicleHandler } from './application/remove-vehicle.js';
import { RestoreVehicleHandler } from './application/restore-vehicle.js';
import { PersonRepository } from './domain/person.repository.js';
import { VehicleRepository } from './domain/vehicle.repository.js';
import { ApplicantQueryHandler } from './infrastructure/applicant.query-handler.js';
import { ContactsQueryHandler } from './infrastructure/contacts.query-handler.js';
import { EsiaDocumentsQueryHandler } from './infrastructure/esia-documents.query-handler.js';
import { EsiaPersonRegistry } from './infrastructure/esia-person-registry.js';
import { ForgetRemovedVehicles } from './infrastructure/forget-removed-vehicles.job.js';
import { MikroOrmPersonRepository } from './infrastructure/mikro-orm-person.repository.js';
import { MikroOrmVehicleRepository } from './infrastructure/mikro-orm-vehicle.repository.js';
import { PersonFactsReader } from './infrastructure/person-facts.reader.js';
import { PersonMapping } from './infrastructure/person.mapping.js';
import { ProfileQueryHandler } from './infrastructure/profile.query-handler.js';
import { VehicleMapping } from './infrastructure/vehicle.mapping.js';
import { VehicleReader } from './infrastructure/vehicle.reader.js';
import {
  VehicleDocumentsQueryHandler,
  VehicleQueryHandler,
  VehiclesQueryHandler,
} from './infrastructure/vehicles.query-handler.js';
import { DashboardController } from './web/dashboard/dashboard.controller.js';
import { OrganizationsController } from './web/organizations/organizations.controller.js';
import { ProfileMirror } from './web/profile-mirror.js';
import { ProfileController } from './web/profile/profile.controller.js';
import { VehiclesController } from './web/vehicles/vehicles.controller.js';

/** Tables of this context, for the root module. */
export const profileMappings = [PersonMapping, VehicleMapping];

@Module({
  controllers: [DashboardController, ProfileController, VehiclesController, OrganizationsController],
  providers: [
    { provide: PersonRegistry, useClass: EsiaPersonRegistry },
    { provide: PersonRepository, useClass: MikroOrmPersonRepository },
    { provide: VehicleRepository, useClass: MikroOrmVehicleRepository },
    RefreshProfileHandler,
    RefreshProfileOnSignedIn,
    AddVehicleHandler,
    EditVehicleHandler,
    RemoveVehicleHandler,
    RestoreVehicleHandler,
    PersonFactsReader,
    VehicleReader,
    ProfileQueryHandler,
    ContactsQueryHandler,
    ApplicantQueryHandler,
    EsiaDocumentsQueryHandler,
    VehiclesQueryHandler,
    VehicleQueryHandler,
    VehicleDocumentsQueryHandler,
    ForgetRemovedVehicles,
    ProfileMirror,
  ],
})
export class ProfileModule {}

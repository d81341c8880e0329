export { VehicleAdded, VehicleRemoved } from './domain/vehicle.events.js';
export { ProfileRefreshed } from './domain/person.events.js';
export { VehicleDocumentsQuery, type VehicleDocuments } from './application/vehicle-documents.query.js';
export { EsiaDocumentsQuery, type EsiaDocument, type EsiaDocuments } from './application/esia-documents.query.js';
export { ContactsQuery, type Contacts } from './application/contacts.query.js';
export { ApplicantQuery, type Applicant, type Child, type Organization } from './application/applicant.query.js';

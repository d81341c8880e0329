import { type Directories } from '../../domain/directories.js';
import { type FormDefinition } from '../../domain/form-definition.js';

/** The services of the portal with their forms, and the lists the forms choose from. Quick: adapters remember what cannot change. */
export abstract class ServiceCatalogue {
  /** Throws ServiceNotFound. A change of the catalogue is seen within seconds. */
  abstract service(code: string): Promise<CatalogueService>;

  /** A published form. Throws ServiceNotFound when there is no such version. */
  abstract form(serviceCode: string, version: number): Promise<FormDefinition>;

  abstract directories(): Promise<Directories>;
}

export interface CatalogueService {
  readonly code: string;
  /** Whether the service takes applications at all. */
  readonly active: boolean;
  /** Version of the form that new drafts get. */
  readonly formVersion: number;
}

import { DomainError } from '../../../../kernel/domain-error.js';

/** The register does not answer, or answers with something that is not an answer. What is known is shown instead. */
export class RegistryUnavailable extends DomainError {
  readonly code = 'payments.registry-unavailable';
  readonly kind = 'unavailable';
  constructor(registry: 'gibdd' | 'gisgmp') {
    super({ registry });
  }
}

/** The bank does not answer: the outcome of the call is unknown, the same call may be repeated. */
export class GatewayUnavailable extends DomainError {
  readonly code = 'payments.gateway-unavailable';
  readonly kind = 'unavailable';
}

/** The bank answered and will not take the order, now or later. */
export class OrderRefused extends DomainError {
  readonly code = 'payments.order-refused';
  readonly kind = 'unavailable';
  constructor(errorCode: string) {
    super({ errorCode });
  }
}

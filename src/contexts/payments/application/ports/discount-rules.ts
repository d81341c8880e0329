import { type PolicySet } from '../../domain/discount-policy.js';

/** Which discount policies the portal applies; a setting of the portal, not of a charge. */
export abstract class DiscountRules {
  abstract readonly policySet: PolicySet;
}

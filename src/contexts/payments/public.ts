export { FineFound, FinePaid, FinePaymentFailed } from './domain/fine.events.js';
export { FinesAttentionQuery, type FinesAttention } from './application/fines-attention.query.js';

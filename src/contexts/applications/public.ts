export { ApplicationStatusChanged, ApplicationSubmitted } from './domain/service-application.events.js';
export { APPLICATION_STATUSES, type ApplicationStatus } from './domain/application-status.js';
export { ApplicationsAttentionQuery, type ApplicationsAttention } from './application/applications-attention.query.js';

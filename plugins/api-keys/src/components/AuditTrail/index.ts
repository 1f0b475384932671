export { AuditTrail } from './AuditTrail';
export { KeyLinkTarget } from './KeyLink';
export { TrailTable } from './TrailTable';

/** The code inside the thread. The audit trail's key never leaves it. */
import { parentPort, workerData } from 'node:worker_threads';
import { profileIn } from '../settings/profile.ts';
import { exportAuditTrail, verifyAuditTrail } from './audit-report.ts';
import { auditReportJobSchema } from './audit-report-port.ts';

const { folder, environment, path } = auditReportJobSchema.parse(workerData);
const profile = profileIn(folder);
parentPort?.postMessage(
  path === null ? verifyAuditTrail(profile, environment) : exportAuditTrail(profile, environment, path),
);

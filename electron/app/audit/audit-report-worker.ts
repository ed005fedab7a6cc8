/** The code inside the thread. The audit trail's key never leaves it. */
import { parentPort, workerData } from 'node:worker_threads';
import { profileIn } from '../settings/profile.ts';
import { exportTrail, verifyTrail } from './audit-report.ts';
import { trailJobSchema } from './audit-report-port.ts';

const { folder, environment, path } = trailJobSchema.parse(workerData);
const profile = profileIn(folder);
parentPort?.postMessage(path === null ? verifyTrail(profile, environment) : exportTrail(profile, environment, path));

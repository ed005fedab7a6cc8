/** The thread's own end. The key of the trail stays in here. */
import { parentPort, workerData } from 'node:worker_threads';
import { profileIn } from '../settings/profile.ts';
import { exportTrail, verifyTrail } from './audit-report.ts';
import { trailJobSchema } from './audit-report-port.ts';

const { folder, environment, path } = trailJobSchema.parse(workerData);
const profile = profileIn(folder);
parentPort?.postMessage(path === null ? verifyTrail(profile, environment) : exportTrail(profile, environment, path));

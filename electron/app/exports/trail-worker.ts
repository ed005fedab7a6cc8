/** The thread's own end. The key of the trail stays in here. */
import { parentPort, workerData } from 'node:worker_threads';
import { profileIn } from '../profile.ts';
import { exportTrail, verifyTrail } from './trail.ts';
import { trailJobSchema } from './trails.ts';

const { folder, environment, path } = trailJobSchema.parse(workerData);
const profile = profileIn(folder);
parentPort?.postMessage(path === null ? verifyTrail(profile, environment) : exportTrail(profile, environment, path));

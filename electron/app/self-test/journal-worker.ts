/** The code inside the thread. Secrets never leave it. */
import { parentPort, workerData } from 'node:worker_threads';
import { trailRequestSchema } from './journal-thread.ts';
import { trailOrTrouble } from './journal-trail.ts';

const { folder, environment } = trailRequestSchema.parse(workerData);
parentPort?.postMessage(trailOrTrouble(folder, environment));

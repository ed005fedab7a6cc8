/** The code inside the thread. Secrets never leave it. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspectionRequestSchema } from './journal-thread.ts';
import { inspectionOrTrouble } from './journal-inspection.ts';

const { folder, environment } = inspectionRequestSchema.parse(workerData);
parentPort?.postMessage(inspectionOrTrouble(folder, environment));

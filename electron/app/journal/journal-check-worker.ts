/** The code inside the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkJournal } from '../../orders/open-journal.ts';
import { auditKeyOf } from '../audit/audit-trail.ts';
import { checkRequestSchema } from './journal-check.ts';
import { profileIn } from '../settings/profile.ts';

const { folder, environment, wallMs } = checkRequestSchema.parse(workerData);
const profile = profileIn(folder);
parentPort?.postMessage(checkJournal(profile.journal(environment), environment, wallMs, auditKeyOf(profile)));

/**
 * A profile's audit trail, walked from end to end: in this thread, or in a thread of its own while the till goes on.
 */
import { z } from 'zod';
import { auditReportCodes, auditReportSchema, type AuditReport } from '../../../shared/contract/exports.ts';
import type { Result } from '../../../shared/result.ts';
import type { Environment } from '../../../shared/settings.ts';
import type { FileTrouble } from '../../base/safe-file.ts';
import { answerOfThread } from '../../base/thread.ts';
import type { Profile } from '../settings/profile.ts';
import { exportAuditTrail, verifyAuditTrail, type AuditReportProblem } from './audit-report.ts';

export interface AuditReports {
  verify(environment: Environment): Promise<Result<AuditReport, AuditReportProblem>>;
  export(environment: Environment, path: string): Promise<Result<AuditReport, AuditReportProblem | FileTrouble>>;
}

/** For a program that has nothing else to do meanwhile. */
export const auditReportsHere = (profile: Profile): AuditReports => ({
  verify: (environment) => Promise.resolve(verifyAuditTrail(profile, environment)),
  export: (environment, path) => Promise.resolve(exportAuditTrail(profile, environment, path)),
});

export const auditReportJobSchema = z.object({
  folder: z.string(),
  environment: z.enum(['practice', 'live']),
  path: z.string().nullable(),
});
type AuditReportJob = z.infer<typeof auditReportJobSchema>;
const jobOf = (folder: string, environment: Environment, path: string | null): AuditReportJob => ({
  folder,
  environment,
  path,
});

const replyOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.union([
    z.object({ ok: z.literal(true), value: auditReportSchema }),
    z.object({ ok: z.literal(false), error: z.enum(codes) }),
  ]);
const verifyReply = replyOf(auditReportCodes);
const exportReply = replyOf([...auditReportCodes, 'not-permitted']);

/** `script`: audit-report-worker.ts, or its bundle. */
export const auditReportsInThread = ({ folder }: Profile, script: string): AuditReports => ({
  verify: async (environment) => verifyReply.parse(await answerOfThread(script, jobOf(folder, environment, null))),
  export: async (environment, path) =>
    exportReply.parse(await answerOfThread(script, jobOf(folder, environment, path))),
});

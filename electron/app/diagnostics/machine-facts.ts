/** The facts of the machine that matter to a fault: no names of people, hosts or networks. */
import { existsSync, statfsSync } from 'node:fs';
import { arch, availableParallelism, freemem, platform, release, totalmem, uptime, version } from 'node:os';
import { fileTroubleOf } from '../../base/safe-file.ts';

export function machineFacts(folder: string): object {
  return {
    platform: platform(),
    release: release(),
    version: version(),
    arch: arch(),
    processors: availableParallelism(),
    memoryMb: { total: mb(totalmem()), free: mb(freemem()), ours: mb(process.memoryUsage.rss()) },
    upS: { machine: Math.round(uptime()), app: Math.round(process.uptime()) },
    versions: process.versions,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    disk: diskOf(folder),
  };
}

const BYTES_PER_MB = 1024 * 1024;
const mb = (bytes: number): number => Math.round(bytes / BYTES_PER_MB);

function diskOf(folder: string): object | null {
  if (!existsSync(folder)) return null;
  try {
    const { bavail, bsize, blocks } = statfsSync(folder);
    return { freeMb: mb(bavail * bsize), totalMb: mb(blocks * bsize) };
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return { trouble };
  }
}

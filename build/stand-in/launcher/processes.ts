// Runs in the test process. Why it exists: proof that nothing is left running has to come from the system.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The ids of the processes of Chromium whose profile lies below `userData` (Linux: /proc). */
export function chromiumsUsing(userData: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const [program = '', ...args] = commandLineOf(pid);
      return /chrom/.test(basename(program)) && args.some((argument) => argument.includes(userData));
    })
    .map(Number);
}

function commandLineOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // It ended between the listing and the reading.
    return [];
  }
}

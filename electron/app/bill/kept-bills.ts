/** WeChat's bills as files, one a day, packed. A bill stands under its name only once it was read to its last line. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import { BILL_KEPT_DAYS } from '../../../shared/timing.ts';
import type { Merchant } from '../../../shared/settings.ts';
import { makeFolder, removeIfPossible, renameSafely, syncFolderOf } from '../../base/safe-file.ts';

export interface KeptBills {
  /** The day's bill; `null` if none is kept. */
  find(day: string): string | null;
  /** Where a new one is written meanwhile. Makes the folder. */
  draft(day: string): string;
  /** The draft was read and is whole. */
  keep(day: string): void;
  drop(day: string): void;
  /** Removes bills that are older than any record, and drafts that a power cut left. */
  tidy(nowMs: number): void;
}

/** Each merchant, and in partner mode each sub-merchant, has bills of its own. */
export const billsFolderOf = (folder: string, { mchId, subMchId }: Pick<Merchant, 'mchId' | 'subMchId'>): string =>
  join(folder, subMchId === undefined ? mchId : `${mchId}-${subMchId}`);

const BILL = /^(\d{4}-\d{2}-\d{2})\.csv\.gz$/;
const DRAFT = /^\d{4}-\d{2}-\d{2}\.\d+\.part$/;

/** `pid`: another process may fetch the same day. */
export function keptBills(folder: string, pid: number): KeptBills {
  const pathOf = (day: string): string => join(folder, `${day}.csv.gz`);
  const draftOf = (day: string): string => join(folder, `${day}.${String(pid)}.part`);
  return {
    find: (day) => (existsSync(pathOf(day)) ? pathOf(day) : null),
    draft: (day) => {
      makeFolder(folder);
      return draftOf(day);
    },
    keep: (day) => {
      renameSafely(draftOf(day), pathOf(day));
      syncFolderOf(pathOf(day));
    },
    drop: (day) => {
      removeIfPossible(draftOf(day));
    },
    tidy: (nowMs) => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const day = BILL.exec(name)?.[1];
        const isOld = day !== undefined && nowMs - dayStartMs(day) > BILL_KEPT_DAYS * DAY_MS;
        if (isOld || DRAFT.test(name)) removeIfPossible(join(folder, name));
      }
    },
  };
}

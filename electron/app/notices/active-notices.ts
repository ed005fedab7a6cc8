/** The active notices, for a screen that opens later than they came. */
import type { Notice } from '../../../shared/ipc.ts';

export interface ActiveNotices {
  /** Adds or removes a notice, and tells the screen. */
  readonly set: (notice: Notice) => void;
  readonly all: () => readonly Notice[];
  /** For a terminal that is reopened: earlier notices are not true of it. */
  readonly clear: () => void;
}

export function activeNotices(notify: (notice: Notice) => void): ActiveNotices {
  const standing = new Map<Notice['code'], Notice>();
  return {
    set(notice) {
      if (notice.on) standing.set(notice.code, notice);
      else standing.delete(notice.code);
      notify(notice);
    },
    all: () => [...standing.values()],
    clear: () => {
      standing.clear();
    },
  };
}

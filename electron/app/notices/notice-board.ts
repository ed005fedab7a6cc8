/** The active notices, for a screen that opens later than they came. */
import type { Notice } from '../../../shared/ipc.ts';

export interface NoticeBoard {
  /** Adds or removes a notice, and tells the screen. */
  readonly said: (notice: Notice) => void;
  readonly all: () => readonly Notice[];
  /** For a terminal that is reopened: earlier notices are not true of it. */
  readonly clear: () => void;
}

export function noticeBoard(tell: (notice: Notice) => void): NoticeBoard {
  const standing = new Map<Notice['code'], Notice>();
  return {
    said(notice) {
      if (notice.on) standing.set(notice.code, notice);
      else standing.delete(notice.code);
      tell(notice);
    },
    all: () => [...standing.values()],
    clear: () => {
      standing.clear();
    },
  };
}

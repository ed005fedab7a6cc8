/** The notices that stand now, for a screen that comes later than they did. */
import type { Notice } from '../../../shared/ipc.ts';

export interface NoticeBoard {
  /** Takes a notice up, or down, and tells the screen. */
  readonly said: (notice: Notice) => void;
  readonly all: () => readonly Notice[];
  /** For a terminal that is opened anew: what was said of the one before is not true of it. */
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

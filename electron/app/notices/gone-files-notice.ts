/** Names the files of the profile that are gone, at every start, until a manager has confirmed it. */
import type { Notice } from '../../../shared/ipc.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { forgetFiles } from '../settings/gone-files.ts';
import type { Profile } from '../settings/profile.ts';

export interface GoneFiles {
  /** `caller` has read it: the audit trail records that, and the notice disappears. */
  acknowledge(caller: Caller): void;
}

/**
 * Reports at once about a terminal that has just been opened. `gone`: what was missed before anything of it could be
 * begun anew.
 */
export function goneFilesNotice(
  profile: Profile,
  gone: readonly string[],
  audit: Pick<AuditTrail, 'byApp' | 'note'>,
  onNotice: (notice: Notice) => void,
): GoneFiles {
  let unread = gone.join(', ');
  if (unread !== '') {
    audit.byApp('files-gone', unread);
    onNotice({ code: 'files-gone', on: true, detail: unread });
  }
  return {
    acknowledge(caller) {
      if (unread === '') return;
      audit.note(caller, 'files-gone-acknowledged', 'ok', unread);
      forgetFiles(profile, gone);
      unread = '';
      onNotice({ code: 'files-gone', on: false, detail: null });
    },
  };
}

/** Which code is bundled here. */
import type { Build } from '../../shared/ipc.ts';
import { gitState } from '../git-state.ts';
import { root } from '../run.ts';

/** `null` outside a checkout. */
export function thisBuild(): Build {
  const checkout = gitState(root);
  return checkout === null ? null : { commit: checkout.commit, clean: checkout.changed.length === 0 };
}

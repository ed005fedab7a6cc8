import type { Build } from '../../shared/ipc.ts';

/** Put in by build/bundle.ts, without which nothing of the shell runs. */
declare const FACEPAY_BUILD: Build;

/** The code that this app was built from. */
export const thisBuild: Build = FACEPAY_BUILD;

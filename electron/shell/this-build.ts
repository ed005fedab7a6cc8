import type { Build } from '../../shared/ipc.ts';
import { EARLIEST_WALL_MS } from '../../shared/timing.ts';

/** Inserted by build/bundle.ts. Nothing of the shell runs without it. */
declare const FACEPAY_BUILD: Build;

/** The code that this app was built from. */
export const thisBuild: Build = FACEPAY_BUILD;

/** Also inserted by build/bundle.ts: `null` outside a checkout. */
declare const FACEPAY_BUILT_AT_MS: number | null;

/** When this code was committed, UTC ms: no right clock shows an earlier time. */
export const builtAtMs: number = FACEPAY_BUILT_AT_MS ?? EARLIEST_WALL_MS;

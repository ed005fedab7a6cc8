/** What lets customers pay on this terminal. Pure. */
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { faceDeviceKind } from '../core/face-device-kind.ts';
import type { ReadProfile } from './target.ts';

/**
 * A missing device is a warning: cancelling, for which many shops have this app, does not need one. Whether a scanner is
 * plugged in cannot be seen from here: the page has "show a code now" for that.
 */
export function faceDeviceCheck({ settings }: Pick<ReadProfile, 'settings'>): SelfTestLine {
  if (!settings.ok) return finding('face-device', 'needs-settings');
  return finding('face-device', faceDeviceKind(settings.value.merchant));
}

/** What takes a face payment on this terminal. Pure. */
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { Environment } from '../../../shared/settings.ts';
import { faceDeviceKind } from '../core/face-device-kind.ts';

/**
 * `environment` is `null` if the settings do not say. A missing device is a warning: cancelling, for which many shops
 * have this app, does not need one.
 */
export function faceDeviceCheck(environment: Environment | null): SelfTestLine {
  if (environment === null) return finding('face-device', 'needs-settings');
  return finding('face-device', faceDeviceKind(environment));
}

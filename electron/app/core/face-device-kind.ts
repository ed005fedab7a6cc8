import type { SetupState } from '../../../shared/contract/setup.ts';
import type { Environment } from '../../../shared/settings.ts';

/**
 * Practice has a simulated face device. For real money only the vendor's device may be used, and this build drives
 * none.
 */
export const faceDeviceKind = (environment: Environment): SetupState['faceDevice'] =>
  environment === 'live' ? 'absent' : 'simulated';

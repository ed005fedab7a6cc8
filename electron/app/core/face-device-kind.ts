import type { SetupState } from '../../../shared/contract/setup.ts';
import { environmentOf, type Merchant } from '../../../shared/settings.ts';

/**
 * What lets customers pay here. Payment codes come from a scanner or a device that types like one. Without them practice
 * has a simulated face device; for real money only the vendor's device may be used, and this build drives none.
 * `null`: no merchant is set up.
 */
export function faceDeviceKind(
  merchant: Pick<Merchant, 'device' | 'gateway' | 'faceGateway'> | null,
): SetupState['faceDevice'] {
  if (merchant?.device === 'code') return 'code';
  return merchant === null || environmentOf(merchant) === 'practice' ? 'simulated' : 'absent';
}

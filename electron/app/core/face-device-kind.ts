import type { SetupState } from '../../../shared/contract/setup.ts';
import { environmentOf, type Merchant } from '../../../shared/settings.ts';

/**
 * What lets customers pay here. Payment codes come from a scanner or a device that types like one. Without them practice
 * has a simulated face device; for real money only the vendor's device may be used, through its SDK's helper.
 * `null`: no merchant is set up.
 */
export function faceDeviceKind(
  merchant: Pick<Merchant, 'device' | 'gateway' | 'faceGateway'> | null,
): SetupState['faceDevice'] {
  if (merchant?.device === 'code' || merchant?.device === 'sdk-bridge') return merchant.device;
  return merchant === null || environmentOf(merchant) === 'practice' ? 'simulated' : 'absent';
}

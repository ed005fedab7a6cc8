/** What lets customers pay on this terminal. */
import type { Result } from '../../../shared/result.ts';
import { finding, type CheckCode, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { FaceTroubleSeen } from '../../face-bridge/bridge-face-device.ts';
import type { HelperProblem } from '../../face-bridge/helper-driver.ts';
import type { FaceTrouble } from '../../face-bridge/sdk-replies.ts';
import type { ScannerState } from '../../scanner/serial-scanner.ts';
import { faceDeviceKind } from '../core/face-device-kind.ts';
import type { ReadProfile } from './target.ts';

/** Of the vendor's face SDK: how its helper starts now, and what went wrong in the last payment. */
export interface FaceSdkNow {
  readonly helper: Result<number, HelperProblem>;
  readonly seen: FaceTroubleSeen | null;
}

/**
 * A missing device is a warning: cancelling, for which many shops have this app, does not need one. Whether a scanner that
 * types is plugged in cannot be seen from here: the page has "show a code now" for that. `sdk` is asked only where the SDK
 * is set up. `scanner`: the running app's on a serial port; `null` where nobody reads it.
 */
export async function faceDeviceCheck(
  { settings }: Pick<ReadProfile, 'settings'>,
  sdk: () => Promise<FaceSdkNow>,
  scanner: ScannerState | null,
): Promise<SelfTestLine> {
  if (!settings.ok) return finding('face-device', 'needs-settings');
  const { merchant } = settings.value;
  if (merchant?.codePort !== undefined) return portLine(merchant.codePort.path, scanner);
  const kind = faceDeviceKind(merchant);
  return kind === 'sdk-bridge' ? sdkLine(await sdk()) : finding('face-device', kind);
}

/** The helper's own trouble first: while it cannot start, what the SDK said before is of no use. */
function sdkLine({ helper, seen }: FaceSdkNow): SelfTestLine {
  if (!helper.ok) return finding('face-device', CODES[helper.error]);
  if (seen === null) return finding('face-device', 'sdk-bridge', { bits: helper.value });
  const { code = '-', message = '' } = seen.words ?? {};
  return finding('face-device', CODES[seen.trouble], { code, message: message === '' ? '-' : message });
}

const CODES: Readonly<Record<FaceTrouble, CheckCode<'face-device'>>> = {
  'helper-missing': 'helper-missing',
  'helper-unprotected': 'helper-unprotected',
  'helper-changed': 'helper-changed',
  'helper-not-started': 'helper-not-started',
  'helper-silent': 'helper-fails',
  'helper-died': 'helper-fails',
  'helper-garbled': 'helper-fails',
  'helper-busy': 'helper-fails',
  'helper-rests': 'helper-fails',
  'reply-too-long': 'helper-fails',
  'library-missing': 'library-missing',
  'library-unprotected': 'library-unprotected',
  'library-not-loaded': 'library-not-loaded',
  'library-functions': 'library-functions',
  'sdk-initialising': 'sdk-initialising',
  'sdk-licence': 'sdk-licence',
  'sdk-clock': 'sdk-clock',
  'sdk-merchant': 'sdk-merchant',
  'sdk-not-permitted': 'sdk-not-permitted',
  'sdk-parameters': 'sdk-parameters',
  'sdk-refused': 'sdk-refused',
};

const portLine = (port: string, scanner: ScannerState | null): SelfTestLine =>
  finding('face-device', scanner === null ? 'port-unread' : PORT_FINDINGS[scanner], { port });

const PORT_FINDINGS = {
  opening: 'port-unread',
  connected: 'port-connected',
  gone: 'port-gone',
  held: 'port-held',
  denied: 'port-denied',
  failed: 'port-failed',
} as const satisfies Record<ScannerState, CheckCode<'face-device'>>;

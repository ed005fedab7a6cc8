/**
 * The key of the audit trail, derived from this device's secret. Main process only. The bytes stay inside a closure:
 * code that logs, clones or prints a key gets only its `id`.
 */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

/** What a MAC is for. Each use has a name of its own, so that no MAC can be passed off as another kind. */
type Purpose = 'name' | 'row.' | 'seal' | 'head' | 'file';

export interface AuditKey {
  /** Names the key and reveals nothing of it: 16 hex digits. */
  readonly id: string;
  /**
   * HMAC-SHA256 over the purpose and all `parts` in order. The caller makes sure that the parts cannot be split in
   * another way.
   */
  mac(purpose: Purpose, ...parts: readonly (Uint8Array | string)[]): Buffer;
}

const INFO = 'facepay-kiosk audit trail, version 1';

export function auditKey(deviceSecret: Uint8Array): AuditKey {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', deviceSecret, Buffer.alloc(0), INFO, 32)));
  const mac: AuditKey['mac'] = (purpose, ...parts) => {
    const hmac = createHmac('sha256', key).update(purpose);
    for (const part of parts) hmac.update(part);
    return hmac.digest();
  };
  return { id: mac('name').toString('hex', 0, 8), mac };
}

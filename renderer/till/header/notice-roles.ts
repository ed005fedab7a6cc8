import type { Notice } from '../../../shared/ipc.ts';
import type { Role } from '../../../shared/role.ts';

/** Weeks before the certificate ends the cashier is not told: they can do nothing about it. */
export const isFor = (role: Role, { code }: Notice): boolean =>
  (code !== 'certificate-expiring' && code !== 'journal-of-later-version') || role !== 'cashier';

/** Makes the text of a provisioning file from a merchant.json and, for the rest, a file of the terminal's own fields. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { environmentOf } from '../../../shared/settings.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { decodeText } from '../../base/text-file.ts';
import { makeProvisionFile, PROVISION_PASSPHRASE_MIN, type ProvisionProtection } from '../../vault/provision-file.ts';
import { jsonIn, problemsOf, readMerchantFile, type FieldProblem } from './merchant-file.ts';
import { provisionPayloadSchema, type ProvisionPayloadInput } from './provision-payload.ts';

/** `{terminal?: {storeId, storeName, deviceId, language}, pins?, protection?, acceptWeakProtection?, updates?: {url, fromMinute, publicKeyPem, ...}}` */
const restSchema = provisionPayloadSchema.pick({
  terminal: true,
  pins: true,
  protection: true,
  acceptWeakProtection: true,
  updates: true,
});

export interface ProvisionOrder {
  /** Paths. */
  readonly merchantFile: string;
  readonly terminalFile: string | null;
  readonly keyFile: string | null;
  readonly deviceId: string | null;
  readonly passphrase: string;
}

export function provisionText(order: ProvisionOrder, wallMs: number): Result<string, readonly FieldProblem[]> {
  const protection = protectionOf(order);
  const setUp = readMerchantFile(order.merchantFile, wallMs);
  const rest = restOf(order.terminalFile);
  if (!protection.ok || !setUp.ok || !rest.ok) {
    return fail([
      ...(protection.ok ? [] : [protection.error]),
      ...(setUp.ok ? [] : setUp.error),
      ...(rest.ok ? [] : rest.error),
    ]);
  }
  const { merchant, credentials } = setUp.value;
  const payload: ProvisionPayloadInput = {
    merchant,
    secrets: credentials,
    environment: environmentOf(merchant),
    ...rest.value,
  };
  const made = makeProvisionFile(JSON.stringify(payload), order.deviceId, protection.value);
  return made.ok ? made : fail([{ field: '--key', code: made.error }]);
}

function protectionOf({ keyFile, passphrase }: ProvisionOrder): Result<ProvisionProtection, FieldProblem> {
  if (keyFile !== null && passphrase !== '') return fail({ field: '--key', code: 'provision-protected-twice' });
  if (keyFile === null && passphrase === '') return fail({ field: 'protection', code: 'provision-unprotected' });
  if (keyFile === null) {
    const isLong = passphrase.length >= PROVISION_PASSPHRASE_MIN;
    return isLong
      ? ok({ by: 'passphrase', passphrase })
      : fail({ field: 'FACEPAY_PROVISION_PASSPHRASE', code: 'too-short' });
  }
  const bytes = bytesOf('--key', keyFile);
  return bytes.ok ? ok({ by: 'signature', privateKeyPem: decodeText(bytes.value) ?? '' }) : bytes;
}

function restOf(file: string | null): Result<z.input<typeof restSchema>, readonly FieldProblem[]> {
  if (file === null) return ok({});
  const bytes = bytesOf('--terminal', file);
  if (!bytes.ok) return fail([bytes.error]);
  const json = jsonIn('--terminal', bytes.value);
  if (!json.ok) return fail([json.error]);
  const parsed = restSchema.safeParse(json.value, { reportInput: true });
  return parsed.success ? ok(parsed.data) : fail(parsed.error.issues.flatMap(problemsOf).map(inTerminalFile));
}

const inTerminalFile = (problem: FieldProblem): FieldProblem => ({
  ...problem,
  field: problem.field === 'file' ? '--terminal' : `--terminal ${problem.field}`,
});

function bytesOf(field: string, file: string): Result<Buffer, FieldProblem> {
  try {
    return ok(readFileSync(file));
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fail({ field, code: missing ? 'file-not-found' : 'file-unreadable' });
  }
}

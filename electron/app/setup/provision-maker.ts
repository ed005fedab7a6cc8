/** Makes the text of a provisioning file from a merchant.json and, for the rest, a file of the terminal's own fields. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { environmentOf } from '../../../shared/settings.ts';
import { parseJson } from '../../base/json.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { makeProvisionFile, PROVISION_PASSPHRASE_MIN, type ProvisionProtection } from '../../vault/provision-file.ts';
import { problemsOf, readMerchantFile, type FieldProblem } from './merchant-file.ts';
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
  const privateKeyPem = textOf('--key', keyFile);
  return privateKeyPem.ok ? ok({ by: 'signature', privateKeyPem: privateKeyPem.value }) : privateKeyPem;
}

function restOf(file: string | null): Result<z.input<typeof restSchema>, readonly FieldProblem[]> {
  if (file === null) return ok({});
  const text = textOf('--terminal', file);
  if (!text.ok) return fail([text.error]);
  const json = parseJson(text.value);
  if (json === undefined) return fail([{ field: '--terminal', code: 'not-json' }]);
  const parsed = restSchema.safeParse(json);
  return parsed.success ? ok(parsed.data) : fail(parsed.error.issues.flatMap(problemsOf).map(inTerminalFile));
}

const inTerminalFile = ({ field, code }: FieldProblem): FieldProblem => ({
  field: field === 'file' ? '--terminal' : `--terminal ${field}`,
  code,
});

function textOf(field: string, file: string): Result<string, FieldProblem> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fail({ field, code: missing ? 'file-not-found' : 'file-unreadable' });
  }
}

/** Unattended set-up: a merchant.json and the files it names, checked completely before anything is stored. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { familySchema, type Family } from '../../../shared/order/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  hasItsHelper,
  HELPER_MISMATCH,
  merchantSchema,
  PROXY_OF_ENVIRONMENT,
  proxySchema,
  suitsCodePort,
  suitsDevice,
  UNSUITED_CODE_PORT,
  UNSUITED_DEVICE,
  type Device,
  type Merchant,
} from '../../../shared/settings.ts';
import { jsonTrouble, parseJson, type JsonTrouble } from '../../base/json.ts';
import { decodeText } from '../../base/text-file.ts';
import { readCertificateFile } from '../../vault/certificate-files.ts';
import {
  authoritiesIn,
  importFiles,
  importP12,
  type CertificateProblem,
  type ImportedCertificate,
} from '../../vault/certificate-import.ts';
import type { Credentials } from '../settings/settings-store.ts';

/** What is wrong with one field. `code` is stable; the terminal command has the words and the remedy for each. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  /** Where a file stops being JSON. */
  readonly at?: JsonTrouble;
  /** What stands in the field, as JSON; never of a field that may hold a secret. */
  readonly given?: string;
}

const path = z.string({ error: 'missing' }).min(1, { error: 'missing' });
export const apiKeySchema = z.string().regex(/^[0-9A-Za-z]{32}$/, { error: 'api-key-shape' });

const certificateSchema = z.union(
  [
    z.strictObject({ p12File: path, passphrase: z.string().optional() }),
    z.strictObject({ certFile: path, keyFile: path }),
  ],
  { error: 'certificate-shape' },
);

const { gateway: gatewaySchema, ...merchantShape } = merchantSchema.shape;

/** `{appid, mchId, subAppid?, subMchId?, apiKey|apiKeyFile, certificate, signType, family, gateway?, ...}` */
export const merchantFileSchema = z
  .strictObject({
    ...merchantShape,
    // Left out, it is what the device needs.
    family: familySchema.optional(),
    apiKey: apiKeySchema.optional(),
    apiKeyFile: path.optional(),
    certificate: certificateSchema,
    gateway: z
      .strictObject({
        ...gatewaySchema.unwrap().shape,
        caFile: path.optional(),
        proxy: proxySchema.extend({ password: z.string().max(300).optional() }).optional(),
      })
      .optional(),
  })
  .refine((file) => (file.apiKey === undefined) !== (file.apiKeyFile === undefined), {
    error: 'one-of-apiKey-apiKeyFile',
    path: ['apiKey'],
  })
  .refine(({ gateway }) => (gateway?.proxy?.user === undefined) === (gateway?.proxy?.password === undefined), {
    error: 'proxy-half-account',
    path: ['gateway', 'proxy'],
  })
  .refine(({ gateway }) => gateway?.proxy?.url !== PROXY_OF_ENVIRONMENT || gateway.proxy.user === undefined, {
    error: 'proxy-account-of-environment',
    path: ['gateway', 'proxy'],
  })
  .refine(({ device, family = familyFor(device) }) => suitsDevice({ device, family }), UNSUITED_DEVICE)
  .refine(hasItsHelper, HELPER_MISMATCH)
  .refine(suitsCodePort, UNSUITED_CODE_PORT);

/** Of a file that leaves it out. */
function familyFor(device: Device | undefined): Family {
  return device === 'code' ? 'micropay' : 'facepay';
}

type MerchantFile = z.infer<typeof merchantFileSchema>;

export interface SetUp {
  readonly merchant: Merchant;
  readonly credentials: Credentials;
  readonly certificateNotAfterMs: number;
}

/** Reads and checks `file`; paths in it are relative to its folder. Every problem is named, and no value is guessed. */
export function readMerchantFile(file: string, wallMs: number): Result<SetUp, readonly FieldProblem[]> {
  const read = readerFrom(dirname(resolve(file)));
  const content = read('file', resolve(file));
  if (!content.ok) return fail([content.error]);
  const json = jsonIn('file', content.value);
  if (!json.ok) return fail([json.error]);
  const parsed = merchantFileSchema.safeParse(json.value, { reportInput: true });
  if (!parsed.success) return fail(parsed.error.issues.flatMap(problemsOf));

  const apiKey = apiKeyOf(parsed.data, read);
  const certificate = certificateOf(parsed.data, read, wallMs);
  const ca = caOf(parsed.data, read);
  if (!apiKey.ok || !certificate.ok || !ca.ok) {
    return fail([apiKey, certificate, ca].flatMap((part) => (part.ok ? [] : [part.error])));
  }
  const { certPem, keyPem, notAfterMs } = certificate.value;
  return ok({
    merchant: merchantOf(parsed.data),
    credentials: { apiKey: apiKey.value, certPem, keyPem, caPem: ca.value, ...proxyPasswordOf(parsed.data) },
    certificateNotAfterMs: notAfterMs,
  });
}

/** The JSON in a file that a person wrote, in whichever encoding the editor saved it. */
export function jsonIn(field: string, bytes: Uint8Array): Result<unknown, FieldProblem> {
  const text = decodeText(bytes);
  if (text === null) return fail({ field, code: 'not-text' });
  const json = parseJson(text);
  return json === undefined ? fail({ field, code: 'not-json', at: jsonTrouble(text) }) : ok(json);
}

/** A file's bytes, or why they could not be read, with the field that named the file. */
type Read = (field: string, name: string) => Result<Buffer, FieldProblem>;

const readerFrom =
  (folder: string): Read =>
  (field, name) => {
    try {
      return ok(readFileSync(resolve(folder, name)));
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return fail({ field, code: missing ? 'file-not-found' : 'file-unreadable' });
    }
  };

function merchantOf({ apiKey, apiKeyFile, certificate, gateway, ...given }: MerchantFile): Merchant {
  const merchant = { ...given, family: given.family ?? familyFor(given.device) };
  if (gateway === undefined) return merchantSchema.parse(merchant);
  const { caFile, proxy, ...hosts } = gateway;
  if (proxy === undefined) return merchantSchema.parse({ ...merchant, gateway: hosts });
  const { password, ...open } = proxy;
  return merchantSchema.parse({ ...merchant, gateway: { ...hosts, proxy: open } });
}

function proxyPasswordOf({ gateway }: MerchantFile): Pick<Credentials, 'proxyPassword'> {
  const password = gateway?.proxy?.password;
  return password === undefined ? {} : { proxyPassword: password };
}

function apiKeyOf({ apiKey, apiKeyFile }: MerchantFile, read: Read): Result<string, FieldProblem> {
  if (apiKey !== undefined) return ok(apiKey);
  const bytes = read('apiKeyFile', apiKeyFile ?? '');
  if (!bytes.ok) return bytes;
  const key = apiKeySchema.safeParse(decodeText(bytes.value)?.trim());
  return key.success ? ok(key.data) : fail({ field: 'apiKeyFile', code: 'api-key-shape' });
}

function certificateOf(
  { certificate, mchId }: MerchantFile,
  read: Read,
  wallMs: number,
): Result<ImportedCertificate, FieldProblem> {
  if ('p12File' in certificate) {
    const p12 = read('certificate.p12File', certificate.p12File);
    if (!p12.ok) return p12;
    const { certs, keys } = readCertificateFile(p12.value);
    if (certs.length + keys.length > 0) return fail({ field: 'certificate.p12File', code: 'not-p12-but-pem' });
    return named('certificate.p12File', importP12(p12.value, certificate.passphrase ?? mchId, mchId, wallMs));
  }
  const cert = read('certificate.certFile', certificate.certFile);
  if (!cert.ok) return cert;
  const key = read('certificate.keyFile', certificate.keyFile);
  if (!key.ok) return key;
  if (readCertificateFile(cert.value).isP12) return fail({ field: 'certificate.certFile', code: 'not-pem-but-p12' });
  return named('certificate', importFiles([cert.value, key.value], mchId, wallMs));
}

const named = <Value>(field: string, result: Result<Value, CertificateProblem>): Result<Value, FieldProblem> =>
  result.ok ? result : fail({ field, code: result.error });

function caOf({ gateway }: MerchantFile, read: Read): Result<string | null, FieldProblem> {
  if (gateway?.caFile === undefined) return ok(null);
  const bytes = read('gateway.caFile', gateway.caFile);
  if (!bytes.ok) return bytes;
  const authorities = authoritiesIn(bytes.value);
  return authorities.ok ? authorities : fail({ field: 'gateway.caFile', code: authorities.error });
}

export function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: at === '' ? key : `${at}.${key}`, code: 'unknown-field' }));
  }
  const field = at === '' ? 'file' : at;
  if (issue.code !== 'invalid_type' || issue.input === undefined) return [{ field, code: codeOf(issue) }];
  const code = issue.expected === 'string' ? 'must-be-text' : 'wrong-type';
  // A list or an object may hold a secret somewhere within.
  const isHidden = typeof issue.input === 'object' || MAY_BE_SECRET.test(field);
  return [{ field, code, ...(isHidden ? {} : { given: JSON.stringify(issue.input).slice(0, GIVEN_MAX) }) }];
}

const MAY_BE_SECRET = /key|pass|pin|secret|token|proxy|^gateway$/i;
const GIVEN_MAX = 60;

/**
 * Our schemas' messages are codes. Where a schema uses zod's own message, that is a sentence, so the issue's kind is
 * used.
 */
function codeOf({ code, message }: z.core.$ZodIssue): string {
  if (/^[\w-]+$/.test(message)) return message;
  if (code === 'invalid_type') return 'wrong-type';
  return code === 'too_small' || code === 'too_big' ? 'out-of-range' : 'not-one-of';
}

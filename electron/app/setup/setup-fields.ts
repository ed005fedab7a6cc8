/** From the form to settings and back. All errors are named by field, and no value is guessed. Pure. */
import type { SetupFields, SetupProblem, SetupState } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  codePortSchema,
  environmentOf,
  merchantSchema,
  noProxyNames,
  PROXY_OF_ENVIRONMENT,
  terminalSchema,
  type Merchant,
  type Terminal,
} from '../../../shared/settings.ts';
import type { Settings } from '../settings/settings-store.ts';

type Protections = SetupState['protection'];

export interface CheckedFields {
  readonly merchant: Merchant;
  readonly terminal: Terminal;
}

const USUAL_PORT = codePortSchema.parse({ path: 'COM1' });

/** The form of the stored settings; for a new terminal the values that most begin with. */
export function fieldsOf(
  { merchant, terminal }: Settings,
  protection: Pick<Protections, 'now' | 'recommended'>,
): SetupFields {
  const usual = merchantSchema.parse({ appid: 'x', mchId: '1' });
  const { signType, family, device = 'none', faceHelper, gateway, faceGateway } = merchant ?? usual;
  const port = merchant?.codePort;
  return {
    mode: merchant?.subMchId === undefined ? 'merchant' : 'partner',
    appid: merchant?.appid ?? '',
    mchId: merchant?.mchId ?? '',
    subAppid: merchant?.subAppid ?? '',
    subMchId: merchant?.subMchId ?? '',
    signType,
    family,
    device,
    faceProgram: faceHelper?.program ?? '',
    faceLibrary: faceHelper?.library ?? '',
    codePort: port?.path ?? '',
    codeBaudRate: port?.baudRate ?? USUAL_PORT.baudRate,
    codeTerminator: port?.terminator ?? USUAL_PORT.terminator,
    codePortUsb: port?.usb ?? '',
    primary: gateway.primary,
    backup: gateway.backup ?? '',
    faceGateway,
    proxy: gateway.proxy?.url ?? '',
    proxyUser: gateway.proxy?.user ?? '',
    noProxy: gateway.proxy?.noProxy.join(', ') ?? '',
    storeId: terminal.storeId,
    storeName: terminal.storeName,
    deviceId: terminal.deviceId,
    language: terminal.language,
    protection: protection.now ?? protection.recommended,
    acceptWeakProtection: false,
  };
}

/** `now`: the stored settings. The form does not show all of them; those stay as they are. */
export function checkFields(
  fields: SetupFields,
  now: Settings,
  offered: Protections['offered'],
): Result<CheckedFields, SetupProblem[]> {
  const merchant = merchantSchema.safeParse(merchantFrom(fields, now));
  const terminal = terminalSchema.safeParse(terminalFrom(fields, now));
  const problems = [
    ...subIdProblems(fields),
    ...proxyProblems(fields),
    ...(merchant.success ? [] : merchant.error.issues.flatMap(problemOf)),
    ...(terminal.success ? [] : terminal.error.issues.flatMap(problemOf)),
    ...nameProblems(fields),
    ...protectionProblems(fields, merchant.data ?? null, offered),
  ];
  if (!merchant.success || !terminal.success || problems.length > 0) return fail(unique(problems));
  return ok({ merchant: merchant.data, terminal: terminal.data });
}

function merchantFrom(fields: SetupFields, now: Settings): object {
  const { appid, mchId, signType, family, device } = trimmed(fields);
  const { subAppid, subMchId, primary, backup, faceGateway, faceProgram, faceLibrary } = trimmed(fields);
  const { connectTimeoutMs, callTimeoutMs } = now.merchant ?? {};
  const proxy = proxyFrom(fields);
  return {
    appid: given(appid),
    mchId: given(mchId),
    ...(subAppid === '' ? {} : { subAppid }),
    ...(subMchId === '' ? {} : { subMchId }),
    signType,
    family,
    device,
    ...(device === 'sdk-bridge' ? { faceHelper: { program: given(faceProgram), library: given(faceLibrary) } } : {}),
    ...codePortFrom(fields),
    gateway: {
      primary: given(primary),
      ...(backup === '' ? {} : { backup }),
      ...(proxy === null ? {} : { proxy }),
    },
    faceGateway: given(faceGateway),
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
    ...(callTimeoutMs === undefined ? {} : { callTimeoutMs }),
  };
}

/** The form shows a port only where codes come from a device for them. */
function codePortFrom(fields: SetupFields): object {
  const {
    device,
    codePort: path,
    codeBaudRate: baudRate,
    codeTerminator: terminator,
    codePortUsb: usb,
  } = trimmed(fields);
  if (device !== 'code' || path === '') return {};
  return { codePort: { path, baudRate, terminator, ...(usb === '' ? {} : { usb }) } };
}

function proxyFrom(fields: SetupFields): object | null {
  const { proxy, proxyUser, noProxy } = trimmed(fields);
  if (proxy === '') return null;
  return { url: proxy, ...(proxyUser === '' ? {} : { user: proxyUser }), noProxy: noProxyNames(noProxy) };
}

/** An account or a list of names without a proxy would be forgotten without a word. */
function proxyProblems(fields: SetupFields): SetupProblem[] {
  const { proxy, proxyUser, noProxy } = trimmed(fields);
  const left = [
    // The environment's own account is in its variable.
    { field: 'proxyUser', text: proxy === '' || proxy === PROXY_OF_ENVIRONMENT ? proxyUser : '' },
    { field: 'noProxy', text: proxy === '' ? noProxy : '' },
  ] as const;
  return left.flatMap(({ field, text }) => (text === '' ? [] : [{ field, code: 'must-be-empty' as const }]));
}

const terminalFrom = (fields: SetupFields, { terminal }: Settings): object => {
  const { storeId, storeName, deviceId, language } = trimmed(fields);
  return { ...terminal, storeId, storeName, deviceId, language };
};

/** Blanks around a value come from the clipboard. */
const trimmed = (fields: SetupFields): SetupFields => ({
  ...fields,
  appid: fields.appid.trim(),
  mchId: fields.mchId.trim(),
  subAppid: fields.subAppid.trim(),
  subMchId: fields.subMchId.trim(),
  faceProgram: fields.faceProgram.trim(),
  faceLibrary: fields.faceLibrary.trim(),
  codePort: fields.codePort.trim(),
  codePortUsb: fields.codePortUsb.trim(),
  primary: fields.primary.trim(),
  backup: fields.backup.trim(),
  faceGateway: fields.faceGateway.trim(),
  proxy: fields.proxy.trim().replace(/\/+$/, ''),
  proxyUser: fields.proxyUser.trim(),
  noProxy: fields.noProxy.trim(),
  storeId: fields.storeId.trim(),
  storeName: fields.storeName.trim(),
  deviceId: fields.deviceId.trim(),
});

/** The schema says "missing" for a value that is not there at all. */
const given = (text: string): string | undefined => (text === '' ? undefined : text);

function subIdProblems(fields: SetupFields): SetupProblem[] {
  const { mode, subAppid, subMchId } = trimmed(fields);
  if (mode === 'partner') return subMchId === '' ? [{ field: 'subMchId', code: 'missing' }] : [];
  const left = [
    { field: 'subAppid', text: subAppid },
    { field: 'subMchId', text: subMchId },
  ] as const;
  return left.flatMap(({ field, text }) => (text === '' ? [] : [{ field, code: 'must-be-empty' as const }]));
}

function nameProblems(fields: SetupFields): SetupProblem[] {
  const { storeId, storeName, deviceId } = trimmed(fields);
  const names = [
    { field: 'storeId', text: storeId },
    { field: 'storeName', text: storeName },
    { field: 'deviceId', text: deviceId },
  ] as const;
  return names.flatMap(({ field, text }) => (text === '' ? [{ field, code: 'missing' as const }] : []));
}

function protectionProblems(
  { protection, acceptWeakProtection }: SetupFields,
  merchant: Merchant | null,
  offered: Protections['offered'],
): SetupProblem[] {
  if (!offered.includes(protection)) return [{ field: 'protection', code: 'not-offered' }];
  const weak = merchant !== null && environmentOf(merchant) === 'live' && protection === 'device';
  return weak && !acceptWeakProtection ? [{ field: 'acceptWeakProtection', code: 'weak-protection' }] : [];
}

/** Where the form has a field under another name than the settings. */
const FORM_NAMES: Readonly<Record<string, SetupProblem['field']>> = {
  appid: 'appid',
  mchId: 'mchId',
  subAppid: 'subAppid',
  subMchId: 'subMchId',
  'gateway.primary': 'primary',
  'gateway.backup': 'backup',
  faceGateway: 'faceGateway',
  'gateway.proxy.url': 'proxy',
  'gateway.proxy.user': 'proxyUser',
  'gateway.proxy.noProxy': 'noProxy',
  device: 'device',
  'faceHelper.program': 'faceProgram',
  'faceHelper.library': 'faceLibrary',
  codePort: 'codePort',
  'codePort.path': 'codePort',
  'codePort.usb': 'codePortUsb',
  storeId: 'storeId',
  storeName: 'storeName',
  deviceId: 'deviceId',
};

/** Our schemas' messages are codes. Where a schema uses zod's own message, only a length can be wrong here. */
function problemOf({ path, message }: { readonly path: PropertyKey[]; readonly message: string }): SetupProblem[] {
  // One of the names in a list stands for the list.
  const field = FORM_NAMES[path.filter((part) => typeof part === 'string').join('.')];
  if (field === undefined) throw new Error(`the form has no field for ${path.join('.')}`);
  const known = (
    [
      'missing',
      'digits-only',
      'bad-characters',
      'not-an-https-origin',
      'not-an-http-proxy',
      'not-a-full-path',
      'code-needs-micropay',
      'not-a-serial-port',
    ] as const
  ).find((code) => code === message);
  return [{ field, code: known ?? 'too-long' }];
}

const unique = (problems: readonly SetupProblem[]): SetupProblem[] =>
  problems.filter(
    ({ field, code }, index) => problems.findIndex((other) => other.field === field && other.code === code) === index,
  );

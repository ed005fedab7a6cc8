/** What is wrong with a field while it is being filled in, by the same schemas that main uses. Pure. */
import { z } from 'zod';
import type { SetupFields, SetupProblem } from '../../../shared/contract/setup.ts';
import {
  codePortSchema,
  faceHelperSchema,
  merchantSchema,
  noProxyNames,
  proxySchema,
  terminalSchema,
} from '../../../shared/settings.ts';
import type { StepId } from './plan.ts';

export type ProblemCode = SetupProblem['code'];

export const textFields = [
  'appid',
  'mchId',
  'subAppid',
  'subMchId',
  'codePort',
  'primary',
  'backup',
  'faceGateway',
  'faceProgram',
  'faceLibrary',
  'proxy',
  'proxyUser',
  'noProxy',
  'storeId',
  'storeName',
  'deviceId',
] as const;
export type TextFieldName = (typeof textFields)[number];

/** The maximum length of a text; the form accepts no more. */
export const lengthMax: Readonly<Record<TextFieldName, number>> = {
  appid: 32,
  mchId: 32,
  subAppid: 32,
  subMchId: 32,
  codePort: 200,
  primary: 100,
  backup: 100,
  faceGateway: 100,
  faceProgram: 300,
  faceLibrary: 300,
  proxy: 100,
  proxyUser: 128,
  noProxy: 300,
  storeId: 32,
  storeName: 128,
  deviceId: 32,
};

const merchant = merchantSchema.shape;
const gateway = merchant.gateway.unwrap().shape;
const proxy = proxySchema.shape;
const schemas: Readonly<Record<TextFieldName, z.ZodType>> = {
  appid: merchant.appid,
  mchId: merchant.mchId,
  subAppid: merchant.subAppid,
  subMchId: merchant.subMchId,
  codePort: codePortSchema.shape.path,
  primary: gateway.primary,
  backup: gateway.backup,
  faceGateway: merchant.faceGateway,
  faceProgram: faceHelperSchema.shape.program,
  faceLibrary: faceHelperSchema.shape.library,
  proxy: proxy.url,
  proxyUser: proxy.user,
  noProxy: z.string().transform(noProxyNames).pipe(proxy.noProxy.unwrap()),
  storeId: terminalSchema.shape.storeId,
  storeName: terminalSchema.shape.storeName,
  deviceId: terminalSchema.shape.deviceId,
};

/** The fields of a step, in the order on the screen. */
export function fieldsOn(
  step: StepId,
  { mode, device }: Pick<SetupFields, 'mode' | 'device'>,
): readonly TextFieldName[] {
  switch (step) {
    case 'ids':
      return mode === 'partner' ? ['appid', 'mchId', 'subMchId', 'subAppid'] : ['appid', 'mchId'];
    case 'gateway':
      return [
        ...(device === 'code' ? (['codePort'] as const) : []),
        ...(device === 'sdk-bridge' ? (['faceProgram', 'faceLibrary'] as const) : []),
        ...(['primary', 'backup', 'faceGateway', 'proxy', 'proxyUser', 'noProxy'] as const),
      ];
    case 'terminal':
      return ['storeName', 'storeId', 'deviceId'];
    default:
      return [];
  }
}

/** Whether the field may be left empty. */
const OPTIONAL: ReadonlySet<TextFieldName> = new Set([
  'subAppid',
  'codePort',
  'backup',
  'proxy',
  'proxyUser',
  'noProxy',
]);
export const isOptional = (field: TextFieldName): boolean => OPTIONAL.has(field);

/** The code of the field's error, or `null`. */
export function problemWith(field: TextFieldName, fields: SetupFields): ProblemCode | null {
  const text = fields[field];
  if (text === '') return isOptional(field) ? null : 'missing';
  const parsed = schemas[field].safeParse(text);
  const issue = parsed.error?.issues[0];
  return issue === undefined ? null : codeOf(issue);
}

function codeOf({ code, message }: z.core.$ZodIssue): ProblemCode {
  if (code === 'too_big') return 'too-long';
  return message === 'digits-only' ||
    message === 'not-an-https-origin' ||
    message === 'not-an-http-proxy' ||
    message === 'not-a-full-path' ||
    message === 'not-a-serial-port' ||
    message === 'missing'
    ? message
    : 'bad-characters';
}

/** Cleans typed or pasted text: an id or an address never has a blank in it, a name may. */
export const asEntered = (field: TextFieldName, text: string): string =>
  KEEPS_BLANKS.has(field) ? text.replace(/\p{Cc}/gu, '') : text.replace(/\s/gu, '');
const KEEPS_BLANKS: ReadonlySet<TextFieldName> = new Set([
  'storeName',
  'faceProgram',
  'faceLibrary',
  'proxyUser',
  'noProxy',
]);

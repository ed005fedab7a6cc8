/** What has been entered or is stored, line by line. */
import type { SetupFields, SetupProblem, SetupState } from '../../../shared/contract/setup.ts';
import type { KeysOf, Translate } from '../../i18n/i18n.ts';
import type { SummaryRow } from '../../components/form/summary-row.ts';
import { daysLeft, problemWords, RENEW_WITHIN_DAYS } from './setup-words.ts';
import type { Entry } from './setup-form.ts';
import { problemsOn, type StepId } from './plan.ts';

export interface PartRow extends Omit<SummaryRow, 'action'> {
  /** The step where it is changed. */
  readonly step: Exclude<StepId, 'people'> | null;
}

/** The rows of the entry, with the error of each line. */
export function entryRows(t: Translate, { fields, draft, problems }: Entry, state: SetupState): readonly PartRow[] {
  const key = draft.apiKey === 'given' ? 'setup.key.given' : state.apiKeyStored ? 'setup.key.stored' : 'setup.none';
  const certificate =
    draft.certificate.state === 'ready'
      ? draft.certificate.facts
      : draft.certificate.state === 'none'
        ? state.certificate
        : null;
  return partRows(t, fields, t(key), certificate === null ? t('setup.none') : certificate.subject).map((row) => ({
    ...row,
    ...noteOn(t, row.step, problems),
  }));
}

/** The rows of the stored settings. A certificate that should be renewed says so. */
export function storedRows(t: Translate, state: SetupState, nowMs: number): readonly PartRow[] {
  const { certificate, fields, apiKeyStored } = state;
  const left = certificate === null ? null : daysLeft(certificate, nowMs);
  return partRows(
    t,
    fields,
    t(apiKeyStored ? 'setup.key.stored' : 'setup.none'),
    certificate?.subject ?? t('setup.none'),
  ).map((row) =>
    row.id === 'certificate' && left !== null
      ? {
          ...row,
          note:
            left < RENEW_WITHIN_DAYS
              ? {
                  tone: left < 0 ? 'alarm' : 'wait',
                  words: t(left < 0 ? 'setup.certificate.expired' : 'setup.certificate.renew', {
                    count: Math.max(0, left),
                  }),
                }
              : { tone: 'clear', words: t('setup.certificate.daysLeft', { count: left }) },
        }
      : row,
  );
}

const MODE_KEYS = {
  merchant: 'setup.mode.merchant',
  partner: 'setup.mode.partner',
} as const satisfies KeysOf<'setup.mode', SetupFields['mode']>;

const FAMILY_KEYS = {
  facepay: 'setup.gateway.facepay',
  micropay: 'setup.gateway.micropay',
} as const satisfies KeysOf<'setup.gateway', SetupFields['family']>;

function partRows(t: Translate, fields: SetupFields, key: string, certificate: string): readonly PartRow[] {
  const {
    mode,
    mchId,
    appid,
    subMchId,
    subAppid,
    family,
    device,
    faceProgram,
    codePort,
    primary,
    proxy,
    signType,
    storeName,
    deviceId,
    storeId,
  } = fields;
  const ids = [mchId, appid, ...(mode === 'partner' ? [subMchId, subAppid] : [])].filter((id) => id !== '');
  return [
    { id: 'mode', name: t('setup.step.mode'), value: t(MODE_KEYS[mode]), step: 'mode' },
    { id: 'ids', name: t('setup.step.ids'), value: ids.join(' · ') || t('setup.none'), step: 'ids' },
    { id: 'key', name: t('setup.field.apiKey'), value: key, step: 'key' },
    { id: 'certificate', name: t('setup.field.certificate'), value: certificate, step: 'certificate' },
    {
      id: 'gateway',
      name: t('setup.step.gateway'),
      value: [
        t(
          device === 'sdk-bridge'
            ? 'setup.gateway.bridge'
            : device === 'code'
              ? 'setup.gateway.code'
              : FAMILY_KEYS[family],
        ),
        ...(device === 'sdk-bridge' ? [family, faceProgram] : []),
        ...(device === 'code' && codePort !== '' ? [`${t('setup.field.codePort')} ${codePort}`] : []),
        primary,
        ...(proxy === '' ? [] : [`${t('setup.field.proxy')} ${proxy}`]),
        signType,
      ].join(' · '),
      step: 'gateway',
    },
    {
      id: 'terminal',
      name: t('setup.step.terminal'),
      value: [storeName, storeId, deviceId].join(' · '),
      step: 'terminal',
    },
  ];
}

function noteOn(t: Translate, step: StepId | null, problems: readonly SetupProblem[]): Pick<PartRow, 'note'> {
  const [first] = step === null ? [] : problemsOn(step, problems);
  return first === undefined ? {} : { note: { tone: 'alarm', words: problemWords(t, first.code, first.field) } };
}

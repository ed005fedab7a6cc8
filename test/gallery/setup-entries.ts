/** The technician's set-up: every step of the wizard, right and wrong, the result, and a provisioning file. */
import { entryBegun, withStep, type Entry, type SetupForm } from '../../renderer/back-office/setup/setup-form.ts';
import { stepIds, wholePlan, type StepId } from '../../renderer/back-office/setup/plan.ts';
import type { SerialPortView } from '../../shared/contract/scanner.ts';
import type { ProvisionFile, SetupDraft, SetupProblem, SetupState } from '../../shared/contract/setup.ts';
import { emptyDraft, freshState, setupFields } from '../support/terminal/setup-fields.ts';
import { backOfficePage } from './back-office-entry.ts';
import type { GalleryEntry } from './entry.ts';
import { FROZEN_WALL_MS } from './frozen.ts';

const DAY_MS = 86_400_000;

const facts = {
  subject: 'O=江边便利店, CN=1900000109',
  serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  notBeforeMs: FROZEN_WALL_MS - 300 * DAY_MS,
  notAfterMs: FROZEN_WALL_MS + 65 * DAY_MS,
  fingerprint: Array.from({ length: 32 }, () => 'A7').join(':'),
};
const setUp: SetupState = {
  ...freshState,
  fresh: false,
  technicianPin: true,
  merchantSet: true,
  secrets: 'stored',
  apiKeyStored: true,
  certificate: facts,
  protection: {
    now: 'device',
    offered: ['device', 'key-store', 'both'],
    recommended: 'key-store',
    keyStore: 'real',
    facepay: 'opens',
  },
};
const ports: readonly SerialPortView[] = [
  { path: 'COM3', name: 'Newland NLS-FM430 (COM3)', usb: '1eab:1d06:fm430l0123' },
  { path: 'COM1', name: 'COM1', usb: null },
];
const given: SetupDraft = { ...emptyDraft, certificate: { state: 'ready', facts }, apiKey: 'given' };

interface At {
  readonly state?: SetupState;
  readonly draft?: SetupDraft;
  readonly problems?: readonly SetupProblem[];
  readonly environment?: 'practice' | 'live';
  readonly more?: Partial<Entry>;
}

function page(
  id: string,
  form: Partial<SetupForm>,
  { state = setUp, draft = given, problems = [], environment = 'practice' }: At = {},
  press: readonly string[] = [],
): GalleryEntry {
  const answers = {
    'setup.state': state,
    'setup.begin': draft,
    'setup.check': { environment, problems: [...problems] },
    'setup.find-provision': [...files],
    'scanner.ports': [...ports],
  };
  return { ...backOfficePage(`setup-${id}`, 'technician', 'setup', answers, press), setup: { state, ...form } };
}

const step = (id: StepId, at: At = {}, name: string = id, press: readonly string[] = []): GalleryEntry => {
  const { state = setUp, draft = given, problems = [], environment = 'practice', more = {} } = at;
  const begun = entryBegun(state, draft, wholePlan(false));
  // A person at a step has passed the steps before it.
  const entry = { ...withStep(begun, id), problems, environment, ...more };
  return page(name, { entry }, at, press);
};

const wrongFields: readonly SetupProblem[] = [
  { field: 'mchId', code: 'digits-only' },
  { field: 'appid', code: 'missing' },
];
const wrongProxy: readonly SetupProblem[] = [
  { field: 'proxy', code: 'not-an-http-proxy' },
  { field: 'proxyPassword', code: 'missing' },
];
const weak: readonly SetupProblem[] = [{ field: 'acceptWeakProtection', code: 'weak-protection' }];

const files: readonly ProvisionFile[] = [
  { fileId: 'a', name: 'kiosk-1.provision', place: 'removable', sealed: 'passphrase', problem: null },
  {
    fileId: 'b',
    name: 'old-shop.provision',
    place: 'beside-app',
    sealed: 'signature',
    problem: { field: 'file', code: 'provision-other-device' },
  },
];
const [sealed] = files;

export const setupEntries: readonly GalleryEntry[] = [
  page('start', {}, { state: freshState, draft: emptyDraft }),
  page(
    'start-not-opened',
    {},
    { state: { ...freshState, notOpened: { part: 'credentials', code: 'damaged' } }, draft: emptyDraft },
  ),
  page('overview', {}),
  page(
    'overview-previous',
    {},
    { state: { ...setUp, environment: 'live', previous: { mchId: '1900000201', certificate: facts } } },
  ),
  ...stepIds.map((id) => step(id)),
  step('ids', { problems: wrongFields, more: { heldBack: 1 } }, 'ids-wrong'),
  step('ids', {}, 'leaving', ['setup-leave']),
  step('gateway', {}, 'gateway-advanced', ['setup-advanced']),
  step('gateway', { problems: wrongProxy, more: { heldBack: 1 } }, 'gateway-proxy-wrong'),
  step('key', { draft: { ...given, apiKey: 'api-key-shape' } }, 'key-wrong'),
  step(
    'certificate',
    { draft: { ...given, certificate: { state: 'passphrase-needed', wrong: true } } },
    'certificate-passphrase',
  ),
  step(
    'certificate',
    { draft: { ...given, certificate: { state: 'refused', code: 'key-mismatch' } } },
    'certificate-refused',
  ),
  step('gateway', { more: { fields: { ...setupFields, device: 'code', family: 'micropay' } } }, 'gateway-code'),
  step(
    'gateway',
    {
      problems: [{ field: 'faceProgram', code: 'helper-unprotected' }],
      more: {
        heldBack: 1,
        fields: {
          ...setupFields,
          device: 'sdk-bridge',
          faceProgram: 'D:\\tools\\face-helper.exe',
          faceLibrary: 'C:\\Program Files (x86)\\WxpayFace\\WxpayFaceSDK.dll',
        },
      },
    },
    'gateway-bridge',
  ),
  step(
    'gateway',
    {
      more: {
        fields: {
          ...setupFields,
          device: 'code',
          family: 'micropay',
          codePort: 'COM3',
          codePortUsb: '1eab:1d06:fm430l0123',
        },
      },
    },
    'gateway-code-port',
  ),
  step(
    'gateway',
    {
      more: { fields: { ...setupFields, device: 'code', family: 'micropay', codePort: 'COM7' } },
    },
    'gateway-code-port-try',
    ['code-port-try'],
  ),
  step(
    'gateway',
    {
      more: {
        fields: { ...setupFields, device: 'code', family: 'micropay', codePort: 'third' },
        heldBack: 1,
        problems: [{ field: 'codePort', code: 'not-a-serial-port' }],
      },
    },
    'gateway-code-port-wrong',
  ),
  step('finish', { problems: weak, environment: 'live' }, 'finish-weak'),
  step(
    'finish',
    { more: { fields: { ...setupFields, protection: 'key-store' } }, environment: 'live' },
    'finish-key-store',
  ),
  step(
    'finish',
    { problems: [{ field: 'apiKey', code: 'sign-refused' }], environment: 'live', more: { refused: true } },
    'finish-refused',
  ),
  page('applying', { applying: true }),
  page('applied', { outcome: { outcome: 'applied', probe: 'answered', state: setUp, file: 'left' } }),
  page('applied-unreachable', { outcome: { outcome: 'applied', probe: 'unreachable', state: setUp, file: null } }),
  page('applied-no-device', {
    outcome: {
      outcome: 'applied',
      probe: 'answered',
      state: { ...setUp, environment: 'live', faceDevice: 'absent' },
      file: null,
    },
  }),
  page('applied-code', {
    outcome: {
      outcome: 'applied',
      probe: 'answered',
      state: { ...setUp, environment: 'live', faceDevice: 'code' },
      file: null,
    },
  }),
  page('put-back', { outcome: { outcome: 'put-back', part: 'credentials', code: 'wrong-key' } }),
  page('provision', { provision: { files, chosen: null, problems: [] } }),
  page('provision-none', { provision: { files: [], chosen: null, problems: [] } }),
  page(
    'provision-leaving',
    { provision: { files, chosen: sealed === undefined ? null : { ...sealed, place: 'picked' }, problems: [] } },
    {},
    ['provision-close'],
  ),
  page('provision-wrong', {
    provision: { files, chosen: sealed ?? null, problems: [{ field: 'passphrase', code: 'provision-passphrase' }] },
  }),
  { ...page('locked', { locked: true }), answers: {} },
];

/**
 * The self-test as data: every check, every finding it can have and its severity, and the report that is shown, printed
 * and kept. The words for each finding and its remedy are in the back office's locales under `selfTest`.
 */
import { z } from 'zod';

/** `skipped`: this run could not check it, and the words say why. It proves nothing either way. */
export const selfTestVerdictSchema = z.enum(['ok', 'warn', 'fail', 'skipped']);
export type SelfTestVerdict = z.infer<typeof selfTestVerdictSchema>;

/** A check that hangs, or fails because of a bug of ours, is a line like any other. The rest still reports. */
const always = { 'timed-out': 'fail', broke: 'fail' } as const;

const way = {
  ...always,
  reached: 'ok',
  slow: 'warn',
  'server-certificate-ends': 'warn',
  'no-name': 'fail',
  unreachable: 'fail',
  'not-trusted': 'fail',
  'no-reply': 'fail',
  proxy: 'fail',
  'proxy-account': 'fail',
  'certificate-refused': 'fail',
  'needs-settings': 'skipped',
  'in-the-app': 'skipped',
} as const;

const onScreen = { ...always, 'in-the-app': 'skipped' } as const;

/** In the order in which they are shown. */
export const checkIdSchema = z.enum([
  'settings',
  'key',
  'certificate',
  'primary',
  'backup',
  'face',
  'clock',
  'zone',
  'query',
  'door',
  'disk-sync',
  'disk-space',
  'journal',
  'driver',
  'audit',
  'files',
  'face-device',
  'screen',
  'touch',
  'font',
  'host',
  'update',
]);
export type CheckId = z.infer<typeof checkIdSchema>;

export const selfTestChecks = {
  settings: {
    ...always,
    complete: 'ok',
    practising: 'warn',
    'store-unnamed': 'warn',
    'own-authority': 'warn',
    missing: 'fail',
    damaged: 'fail',
    unreadable: 'fail',
  },
  key: {
    ...always,
    loads: 'ok',
    'readable-by-others': 'warn',
    missing: 'fail',
    damaged: 'fail',
    'wrong-key': 'fail',
    'passphrase-needed': 'fail',
    'in-key-store': 'fail',
    'key-store-unavailable': 'fail',
    'key-store-refused': 'fail',
    unreadable: 'fail',
    practising: 'skipped',
  },
  certificate: {
    ...always,
    'in-force': 'ok',
    expiring: 'warn',
    expired: 'fail',
    'not-yet-valid': 'fail',
    'key-mismatch': 'fail',
    'other-merchant': 'fail',
    unreadable: 'fail',
    'needs-key': 'skipped',
    practising: 'skipped',
  },
  primary: way,
  backup: { ...way, none: 'skipped' },
  face: way,
  clock: { ...always, agrees: 'ok', off: 'warn', 'far-off': 'fail', untold: 'skipped' },
  zone: { ...always, beijing: 'ok', other: 'warn' },
  query: {
    ...always,
    proved: 'ok',
    busy: 'warn',
    odd: 'warn',
    signature: 'fail',
    ids: 'fail',
    'not-permitted': 'fail',
    refused: 'fail',
    'reply-signature': 'fail',
    'other-merchant': 'fail',
    'no-answer': 'fail',
    'needs-settings': 'skipped',
    'needs-key': 'skipped',
    'in-the-app': 'skipped',
  },
  door: { ...always, 'let-through': 'ok', refused: 'fail', untold: 'skipped' },
  'disk-sync': { ...always, quick: 'ok', slow: 'warn', refused: 'fail' },
  'disk-space': { ...always, enough: 'ok', low: 'warn', out: 'fail', untold: 'warn' },
  journal: {
    ...always,
    sound: 'ok',
    none: 'ok',
    'set-aside': 'warn',
    'records-lost': 'fail',
    older: 'warn',
    newer: 'fail',
    damaged: 'fail',
    unreadable: 'fail',
    'needs-settings': 'skipped',
  },
  driver: {
    ...always,
    'nothing-open': 'ok',
    drives: 'ok',
    nobody: 'fail',
    silent: 'fail',
    'silent-unknown': 'fail',
    'lock-unusable': 'fail',
    untold: 'skipped',
  },
  audit: { ...always, whole: 'ok', none: 'ok', tampered: 'fail', 'no-key': 'fail', unread: 'skipped' },
  files: { ...always, readable: 'ok', 'no-pin': 'warn', unreadable: 'fail', gone: 'fail' },
  'face-device': {
    ...always,
    simulated: 'ok',
    code: 'ok',
    absent: 'warn',
    'needs-settings': 'skipped',
    // The vendor's face SDK: its helper starts and loads the library; or what is wrong with them, or with the last payment.
    'sdk-bridge': 'ok',
    'helper-missing': 'fail',
    'helper-unprotected': 'fail',
    'helper-changed': 'fail',
    'helper-not-started': 'fail',
    'helper-fails': 'fail',
    'library-missing': 'fail',
    'library-unprotected': 'fail',
    'library-not-loaded': 'fail',
    'library-functions': 'fail',
    'sdk-initialising': 'fail',
    'sdk-licence': 'fail',
    'sdk-clock': 'fail',
    'sdk-merchant': 'fail',
    'sdk-not-permitted': 'fail',
    'sdk-parameters': 'fail',
    'sdk-refused': 'fail',
    'port-connected': 'ok',
    'port-gone': 'warn',
    'port-held': 'warn',
    'port-denied': 'warn',
    'port-failed': 'warn',
    // By the command, which leaves the port to the app.
    'port-unread': 'skipped',
  },
  screen: { ...onScreen, fits: 'ok', small: 'warn' },
  touch: { ...onScreen, works: 'ok', untried: 'skipped', none: 'warn', missed: 'fail' },
  font: { ...onScreen, chinese: 'ok', missing: 'fail' },
  host: { ...always, electron: 'ok', 'stand-in': 'warn', terminal: 'ok' },
  update: {
    ...always,
    newest: 'ok',
    waiting: 'ok',
    'not-looking': 'warn',
    unreachable: 'warn',
    'no-manifest': 'warn',
    'no-key': 'warn',
    'not-signed': 'fail',
    stuck: 'fail',
    off: 'skipped',
    'by-hand': 'skipped',
  },
} as const satisfies Record<CheckId, Readonly<Record<string, SelfTestVerdict>>>;

/** The findings that a check can have. */
export type CheckCode<Id extends CheckId> = keyof (typeof selfTestChecks)[Id] & string;

const verdictsOf: Readonly<Record<CheckId, Readonly<Record<string, SelfTestVerdict>>>> = selfTestChecks;

/** What was measured, by the names that the words use. Nothing secret; ids by their last four characters. */
const figuresSchema = z.record(z.string().max(32), z.union([z.string().max(200), z.number()]));
export type Figures = z.infer<typeof figuresSchema>;

export const selfTestLineSchema = z
  .object({ id: checkIdSchema, verdict: selfTestVerdictSchema, code: z.string().max(32), figures: figuresSchema })
  .refine(({ id, code, verdict }) => Object.hasOwn(verdictsOf[id], code) && verdictsOf[id][code] === verdict, {
    error: 'no such finding',
  });
export type SelfTestLine = z.infer<typeof selfTestLineSchema>;

/** A finding. The table says how severe it is. */
export const finding = <Id extends CheckId>(id: Id, code: CheckCode<Id>, figures: Figures = {}): SelfTestLine => ({
  id,
  verdict: verdictsOf[id][code] ?? 'fail',
  code,
  figures,
});

/** What the screen measured of itself. Sizes in CSS pixels. */
export const screenFactsSchema = z.strictObject({
  width: z.number().int().min(0).max(100_000),
  height: z.number().int().min(0).max(100_000),
  pixelRatio: z.number().min(0).max(100),
  touchPoints: z.number().int().min(0).max(1_000),
  /** Whether the till's Chinese characters are drawn as characters and not as boxes. */
  drawsChinese: z.boolean(),
  /** How many of the four corners a finger has reached; `null` while no one has tried. */
  corners: z.number().int().min(0).max(4).nullable(),
});
export type ScreenFacts = z.infer<typeof screenFactsSchema>;

export const selfTestReportSchema = z.object({
  /** UTC ms. */
  atMs: z.number(),
  tookMs: z.number(),
  version: z.string().max(64),
  /** `null` if the settings could not be read. */
  terminal: z
    .object({
      environment: z.enum(['practice', 'live']),
      storeName: z.string(),
      deviceId: z.string(),
      merchant: z.string().nullable(),
    })
    .nullable(),
  lines: z.array(selfTestLineSchema),
});
export type SelfTestReport = z.infer<typeof selfTestReportSchema>;

/** The most severe of them. A skipped line proves nothing and does not lower the result. */
export function worstOf(lines: readonly SelfTestLine[]): Exclude<SelfTestVerdict, 'skipped'> {
  if (lines.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return lines.some(({ verdict }) => verdict === 'warn') ? 'warn' : 'ok';
}

/** Lines from `fresh` replace those with the same id; in the order in which they are shown. */
export function withLines(lines: readonly SelfTestLine[], fresh: readonly SelfTestLine[]): SelfTestLine[] {
  const byId = new Map([...lines, ...fresh].map((line) => [line.id, line]));
  return checkIdSchema.options.flatMap((id) => byId.get(id) ?? []);
}

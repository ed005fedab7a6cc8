/** The support page: what a technician finds there, and the results. */
import type { Appearance } from '../../shared/contract/appearance.ts';
import type { SlipPrinter } from '../../shared/contract/printers.ts';
import type { UpdateView } from '../../shared/contract/updates.ts';
import { backOfficePage } from './back-office-entry.ts';
import type { GalleryEntry } from './entry.ts';
import { FROZEN_WALL_MS } from './frozen.ts';

const HOUR_MS = 3_600_000;

const newest: UpdateView = {
  version: '0.4.0',
  choice: { enabled: true, url: null, channel: 'stable', fromMinute: 120, toMinute: 300 },
  feed: 'https://updates.example.com/facepay',
  keyId: 'a1b2 c3d4 e5f6',
  way: 'nsis',
  looking: false,
  lastLook: { atMs: FROZEN_WALL_MS - HOUR_MS, result: 'newest', version: '0.4.0' },
  ready: null,
  nextWindow: { fromMs: FROZEN_WALL_MS + 11 * HOUR_MS, toMs: FROZEN_WALL_MS + 14 * HOUR_MS },
  trial: null,
  last: { from: '0.3.0', to: '0.4.0', end: 'installed', atMs: FROZEN_WALL_MS - 60 * HOUR_MS },
};
const waiting: UpdateView = {
  ...newest,
  lastLook: { atMs: FROZEN_WALL_MS - HOUR_MS, result: 'ready', version: '0.5.0' },
  ready: { version: '0.5.0', hold: 'order-open' },
};
const goingBack: UpdateView = { ...newest, trial: { at: 'going-back', from: '0.4.0', to: '0.5.0' } };

const trail = {
  entries: 100_000,
  beforeChain: 0,
  fromMs: FROZEN_WALL_MS - 60 * 24 * HOUR_MS,
  toMs: FROZEN_WALL_MS,
  findings: [],
};
const tampered = {
  ...trail,
  findings: [
    { kind: 'edited', seq: 412, about: null },
    { kind: 'missing', seq: 500, about: null },
  ],
};

const appearance: Appearance = { theme: 'system', text: 'usual' };

const printers: SlipPrinter = {
  printers: [
    { name: 'EPSON_TM-T82', label: 'EPSON TM-T82', virtual: false },
    { name: 'Kitchen', label: '后厨 80mm', virtual: false },
    { name: 'Microsoft Print to PDF', label: 'Microsoft Print to PDF', virtual: true },
    { name: 'Fax', label: 'Fax', virtual: true },
  ],
  chosen: 'EPSON_TM-T82',
};

const technician = (
  id: string,
  updates: UpdateView,
  press: readonly string[] = [],
  printer: SlipPrinter = printers,
): GalleryEntry =>
  backOfficePage(
    id,
    'technician',
    'support',
    {
      'updates.state': updates,
      'customer-display.state': { enabled: true, found: { width: 1_024, height: 600 } },
      'printer.state': printer,
      'appearance.state': appearance,
      'appearance.switch': appearance,
    },
    press,
  );

export const supportEntries: readonly GalleryEntry[] = [
  backOfficePage(
    'support',
    'manager',
    'support',
    { 'audit.verify': trail, 'appearance.state': appearance, 'appearance.switch': appearance },
    ['audit-verify'],
  ),
  backOfficePage(
    'support-tampered',
    'manager',
    'support',
    { 'audit.verify': tampered, 'appearance.state': appearance, 'appearance.switch': appearance },
    ['audit-verify'],
  ),
  technician('support-technician', newest),
  technician('support-update-waits', waiting),
  technician('support-update-going-back', goingBack),
  technician('support-update-form', newest, ['update-change']),
  technician('support-leaving', newest, ['kiosk-close']),
  technician('support-printer-gone', newest, [], { printers: [], chosen: 'EPSON_TM-T82' }),
];

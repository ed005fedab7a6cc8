/**
 * Which folder may import which, low to high; the lint rules are made from this table alone. A layer imports from
 * itself and from the layers it names.
 */
export interface Layer {
  /** Files of the layer, as lint globs. */
  readonly files: readonly string[];
  /** Folders (from the root) that it may import from, besides itself. */
  readonly mayImport: readonly string[];
  /** Packages it may import; Node's built-in modules count as `node:`. */
  readonly packages: readonly string[];
}

/** The layers that any visible part of the screen may import. */
const belowThePages = [
  'renderer/sound',
  'renderer/bridge',
  'renderer/state',
  'renderer/i18n',
  'renderer/input',
  'renderer/components',
];

/** The layers that any feature of the app may import. */
const belowTheApp = [
  'shared',
  'electron/base',
  'electron/wechat',
  'electron/orders',
  'electron/vault',
  'electron/staff',
  'electron/practice',
  'electron/face-bridge',
  'electron/pos',
  'electron/scanner',
  'electron/updates',
];

export const layers: Readonly<Record<string, Layer>> = {
  shared: { files: ['shared/**/*.ts'], mayImport: ['shared'], packages: ['zod'] },
  base: {
    files: ['electron/base/**'],
    mayImport: ['shared', 'electron/base'],
    packages: ['node:', 'zod', 'pino', 'jsonc-parser'],
  },
  wechat: {
    files: ['electron/wechat/**'],
    mayImport: ['shared', 'electron/base', 'electron/wechat'],
    packages: ['node:', 'zod', 'fast-xml-parser'],
  },
  // An order's life, low to high: the machine, how it is stored, found, driven, audited and shown.
  'orders/machine': {
    files: ['electron/orders/machine/**'],
    mayImport: ['shared', 'electron/base', 'electron/wechat', 'electron/orders/machine'],
    packages: ['node:', 'zod'],
  },
  'orders/journal': {
    files: ['electron/orders/journal/**'],
    mayImport: ['shared', 'electron/base', 'electron/orders/machine', 'electron/orders/journal'],
    packages: ['node:', 'zod'],
  },
  'orders/search': {
    files: ['electron/orders/search/**'],
    mayImport: ['shared', 'electron/base', 'electron/orders/journal', 'electron/orders/search'],
    packages: ['node:', 'zod'],
  },
  'orders/engine': {
    files: ['electron/orders/engine/**'],
    mayImport: [
      'shared',
      'electron/base',
      'electron/wechat',
      'electron/orders/machine',
      'electron/orders/journal',
      'electron/orders/engine',
    ],
    packages: ['node:', 'zod'],
  },
  'orders/audit': {
    files: ['electron/orders/audit/**'],
    mayImport: [
      'shared',
      'electron/base',
      'electron/orders/machine',
      'electron/orders/journal',
      'electron/orders/audit',
    ],
    packages: ['node:', 'zod'],
  },
  'orders/salvage': {
    files: ['electron/orders/salvage/**'],
    mayImport: [
      'shared',
      'electron/base',
      'electron/orders/machine',
      'electron/orders/journal',
      'electron/orders/audit',
      'electron/orders/salvage',
    ],
    packages: ['node:', 'zod'],
  },
  'orders/views': {
    files: ['electron/orders/views/**'],
    mayImport: [
      'shared',
      'electron/base',
      'electron/wechat',
      'electron/orders/machine',
      'electron/orders/journal',
      'electron/orders/views',
    ],
    packages: ['node:', 'zod'],
  },
  orders: {
    // Opening a journal joins these folders; a damaged journal is repaired here.
    files: ['electron/orders/*.ts'],
    mayImport: ['shared', 'electron/base', 'electron/orders'],
    packages: ['node:', 'zod'],
  },
  vault: {
    files: ['electron/vault/**'],
    mayImport: ['shared', 'electron/base', 'electron/vault'],
    packages: ['node:', 'zod', 'node-forge'],
  },
  staff: {
    files: ['electron/staff/**'],
    mayImport: ['shared', 'electron/base', 'electron/staff'],
    packages: ['node:', 'zod'],
  },
  practice: {
    files: ['electron/practice/**'],
    // The face device's contract belongs to the code that needs it.
    mayImport: [
      'shared',
      'electron/base',
      'electron/wechat',
      'electron/orders/engine/face-device.ts',
      'electron/practice',
    ],
    packages: ['node:', 'zod', 'node-forge'],
  },
  'face-bridge': {
    files: ['electron/face-bridge/**'],
    // The face device's contract belongs to the code that needs it.
    mayImport: ['shared', 'electron/base', 'electron/orders/engine/face-device.ts', 'electron/face-bridge'],
    packages: ['node:', 'zod'],
  },
  pos: {
    files: ['electron/pos/**'],
    // Its effect on orders is behind an interface of its own, which app implements.
    mayImport: ['shared', 'electron/base', 'electron/orders/views/pay-time.ts', 'electron/pos'],
    packages: ['node:', 'zod'],
  },
  scanner: {
    files: ['electron/scanner/**'],
    mayImport: ['shared', 'electron/base', 'electron/scanner'],
    packages: ['node:', 'zod', 'serialport'],
  },
  updates: {
    files: ['electron/updates/**'],
    // What it needs to know about the terminal is behind interfaces of its own, which app implements.
    mayImport: ['shared', 'electron/base', 'electron/updates'],
    packages: ['node:', 'zod', 'electron-updater'],
  },
  // The features, low to high: their files and handlers in one folder each. The command table and the open terminal
  // join them.
  'app/settings': {
    files: ['electron/app/settings/**'],
    mayImport: [...belowTheApp, 'electron/app/settings'],
    packages: ['node:', 'zod'],
  },
  'app/audit': {
    files: ['electron/app/audit/**'],
    mayImport: [...belowTheApp, 'electron/app/settings', 'electron/app/audit'],
    packages: ['node:', 'zod'],
  },
  'app/notices': {
    files: ['electron/app/notices/**'],
    mayImport: [...belowTheApp, 'electron/app/settings', 'electron/app/audit', 'electron/app/notices'],
    packages: ['node:', 'zod'],
  },
  'app/journal': {
    files: ['electron/app/journal/**'],
    mayImport: [...belowTheApp, 'electron/app/settings', 'electron/app/audit', 'electron/app/journal'],
    packages: ['node:', 'zod'],
  },
  'app/core': {
    files: ['electron/app/core/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/settings',
      'electron/app/audit',
      'electron/app/notices',
      'electron/app/journal',
      'electron/app/core',
    ],
    packages: ['node:', 'zod'],
  },
  'app/customer': {
    files: ['electron/app/customer/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/settings', 'electron/app/customer'],
    packages: ['node:', 'zod'],
  },
  'app/kiosk': {
    files: ['electron/app/kiosk/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/kiosk'],
    packages: ['node:', 'zod'],
  },
  'app/appearance': {
    files: ['electron/app/appearance/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/settings', 'electron/app/appearance'],
    packages: ['node:', 'zod'],
  },
  'app/orders': {
    files: ['electron/app/orders/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/audit',
      'electron/app/orders',
    ],
    packages: ['node:', 'zod'],
  },
  'app/history': {
    files: ['electron/app/history/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/orders', 'electron/app/history'],
    packages: ['node:', 'zod'],
  },
  'app/stuck': {
    files: ['electron/app/stuck/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/orders', 'electron/app/stuck'],
    packages: ['node:', 'zod'],
  },
  'app/pos': {
    files: ['electron/app/pos/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/orders', 'electron/app/pos'],
    packages: ['node:', 'zod'],
  },
  'app/acceptance': {
    files: ['electron/app/acceptance/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/orders', 'electron/app/acceptance'],
    packages: ['node:', 'zod'],
  },
  'app/staff': {
    files: ['electron/app/staff/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/notices',
      'electron/app/settings',
      'electron/app/orders',
      'electron/app/staff',
    ],
    packages: ['node:', 'zod'],
  },
  'app/diagnostics': {
    files: ['electron/app/diagnostics/**'],
    mayImport: [...belowTheApp, 'electron/app/settings', 'electron/app/audit', 'electron/app/diagnostics'],
    packages: ['node:', 'zod', 'fflate'],
  },
  'app/exports': {
    files: ['electron/app/exports/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/audit',
      'electron/app/orders',
      'electron/app/diagnostics',
      'electron/app/exports',
    ],
    packages: ['node:', 'zod'],
  },
  'app/shifts': {
    files: ['electron/app/shifts/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/staff',
      'electron/app/exports',
      'electron/app/shifts',
    ],
    packages: ['node:', 'zod'],
  },
  'app/bill': {
    files: ['electron/app/bill/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/orders',
      'electron/app/exports',
      'electron/app/bill',
    ],
    packages: ['node:', 'zod'],
  },
  'app/overview': {
    files: ['electron/app/overview/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/bill',
      'electron/app/overview',
    ],
    packages: ['node:', 'zod'],
  },
  'app/scanner': {
    files: ['electron/app/scanner/**'],
    mayImport: [...belowTheApp, 'electron/app/core', 'electron/app/scanner'],
    packages: ['node:'],
  },
  'app/setup': {
    files: ['electron/app/setup/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/orders',
      'electron/app/setup',
    ],
    packages: ['node:', 'zod'],
  },
  'app/self-test': {
    files: ['electron/app/self-test/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/audit',
      'electron/app/self-test',
    ],
    packages: ['node:', 'zod'],
  },
  'app/updates': {
    files: ['electron/app/updates/**'],
    mayImport: [
      ...belowTheApp,
      'electron/app/core',
      'electron/app/settings',
      'electron/app/staff',
      'electron/app/self-test',
      'electron/app/updates',
    ],
    packages: ['node:', 'zod'],
  },
  app: {
    files: ['electron/app/*.ts'],
    mayImport: [...belowTheApp, 'electron/app'],
    packages: ['node:', 'zod'],
  },
  cli: {
    files: ['electron/cli/**', 'electron/cli.ts'],
    mayImport: [
      'shared',
      'electron/base',
      'electron/orders',
      'electron/practice',
      'electron/updates',
      'electron/app',
      'electron/cli',
      'package.json',
    ],
    packages: ['node:'],
  },
  // Windows and what their pages may do.
  'shell/windows': {
    files: ['electron/shell/windows/**'],
    mayImport: ['shared', 'electron/base', 'electron/shell/windows'],
    packages: ['node:', 'electron'],
  },
  // The till's window and its guards.
  'shell/kiosk': {
    files: ['electron/shell/kiosk/**'],
    mayImport: ['shared', 'electron/base', 'electron/shell/windows', 'electron/shell/kiosk'],
    packages: ['node:', 'electron'],
  },
  shell: {
    files: ['electron/shell/*.ts'],
    // The secret box's contract belongs to the code that needs it.
    mayImport: ['shared', 'electron/base', 'electron/vault/secret-box.ts', 'electron/shell'],
    packages: ['node:', 'electron'],
  },
  main: {
    files: ['electron/main.ts'],
    mayImport: ['shared', 'electron/base', 'electron/scanner', 'electron/updates', 'electron/app', 'electron/shell'],
    packages: ['node:', 'electron'],
  },
  preload: {
    files: ['electron/preload.ts', 'electron/customer-preload.ts'],
    mayImport: ['shared/ipc-channels.ts'],
    packages: ['electron'],
  },
  // The screen's rooms, low to high. The till's own and the back office's never import each other; the page joins them.
  'renderer/sound': { files: ['renderer/sound/**'], mayImport: ['shared', 'renderer/sound'], packages: [] },
  'renderer/bridge': {
    files: ['renderer/bridge/**'],
    mayImport: ['shared', 'renderer/bridge'],
    packages: ['react', 'zod'],
  },
  'renderer/state': {
    files: ['renderer/state/**'],
    mayImport: ['shared', 'renderer/sound', 'renderer/bridge', 'renderer/state'],
    packages: ['zustand'],
  },
  'renderer/i18n': {
    files: ['renderer/i18n/**'],
    mayImport: ['shared', 'renderer/state', 'renderer/i18n'],
    packages: ['react', 'use-intl'],
  },
  'renderer/input': {
    files: ['renderer/input/**'],
    mayImport: ['shared', 'renderer/sound', 'renderer/input'],
    packages: ['zustand'],
  },
  'renderer/components': {
    files: ['renderer/components/**'],
    // They get what they show as properties: a control knows nothing of the state.
    mayImport: ['shared', 'renderer/i18n', 'renderer/input', 'renderer/components'],
    packages: ['react', 'uqr'],
  },
  'renderer/order': {
    files: ['renderer/order/**'],
    mayImport: ['shared', ...belowThePages, 'renderer/order'],
    packages: ['react'],
  },
  'renderer/slip': {
    files: ['renderer/slip/**'],
    mayImport: ['shared', ...belowThePages, 'renderer/slip'],
    packages: ['react', 'react-dom'],
  },
  'renderer/help': {
    files: ['renderer/help/**'],
    // The guide is text; build/bundle/guide-pages.ts turns it into data.
    mayImport: ['shared', 'build/guide', ...belowThePages, 'renderer/order', 'renderer/help'],
    packages: ['react'],
  },
  'renderer/training': {
    files: ['renderer/training/**'],
    mayImport: ['shared', ...belowThePages, 'renderer/training'],
    packages: ['react', 'zustand'],
  },
  'renderer/till': {
    files: ['renderer/till/**'],
    mayImport: ['shared', ...belowThePages, 'renderer/order', 'renderer/slip', 'renderer/training', 'renderer/till'],
    packages: ['react', 'react-dom', 'zustand'],
  },
  'renderer/back-office': {
    files: ['renderer/back-office/**'],
    mayImport: [
      'shared',
      ...belowThePages,
      'renderer/order',
      'renderer/slip',
      'renderer/training',
      'renderer/back-office',
    ],
    packages: ['react', 'react-dom', 'zustand', 'use-intl', 'zod'],
  },
  'renderer/customer': {
    files: ['renderer/customer/**'],
    // A page of its own. It knows no orders and gives no commands.
    mayImport: ['shared', 'renderer/theme', 'renderer/bridge/jitless.ts', 'renderer/components', 'renderer/customer'],
    packages: ['react', 'react-dom'],
  },
  renderer: {
    files: ['renderer/*.{ts,tsx}'],
    mayImport: ['shared', 'renderer'],
    packages: ['react', 'react-dom', 'use-intl'],
  },
};

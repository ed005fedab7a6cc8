/**
 * The import arrows of build/layers.ts, checked by the real lint configuration over made-up files, and over the tree as
 * it is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from '../../build/layers.ts';
import { lintMadeUp } from '../support/lint-made-up.ts';

const root = resolve(import.meta.dirname, '../..');
/** For each layer: a file in it, a forbidden import, and an allowed one. */
const arrows: Readonly<
  Record<string, readonly [file: string, forbidden: readonly string[], allowed: readonly string[]]>
> = {
  shared: ['shared/made-up.ts', ['../electron/base/clock.ts', 'node:fs', 'react'], ['./money.ts', 'zod']],
  base: [
    'electron/base/made-up.ts',
    ['../wechat/sign.ts', 'electron', 'fast-xml-parser'],
    ['../../shared/timing.ts', './clock.ts', 'node:fs', 'pino'],
  ],
  wechat: [
    'electron/wechat/made-up.ts',
    ['../orders/machine/machine.ts', '../practice/replies.ts', 'node-forge'],
    ['../base/clock.ts', './sign.ts', 'fast-xml-parser'],
  ],
  'orders/machine': [
    'electron/orders/machine/made-up.ts',
    ['../journal/journal.ts', '../engine/engine.ts', 'electron'],
    ['../../wechat/gateway.ts', './order.ts', 'zod'],
  ],
  'orders/journal': [
    'electron/orders/journal/made-up.ts',
    ['../search/order-search.ts', '../engine/engine.ts', '../../wechat/gateway.ts', '../open-journal.ts'],
    ['../machine/order.ts', 'node:sqlite'],
  ],
  'orders/search': [
    'electron/orders/search/made-up.ts',
    ['../machine/machine.ts', '../views/timeline.ts', '../open-journal.ts'],
    ['../journal/sqlite-journal.ts', './order-filter.ts'],
  ],
  'orders/engine': [
    'electron/orders/engine/made-up.ts',
    ['../search/order-search.ts', '../audit/audit-verify.ts', '../open-mended.ts'],
    ['../machine/machine.ts', '../journal/journal.ts', '../../wechat/gateway.ts'],
  ],
  'orders/audit': [
    'electron/orders/audit/made-up.ts',
    ['../engine/engine.ts', '../salvage/salvage.ts', '../open-journal.ts'],
    ['../journal/chain.ts', '../machine/event.ts'],
  ],
  'orders/salvage': [
    'electron/orders/salvage/made-up.ts',
    ['../engine/engine.ts', '../search/order-search.ts', '../open-journal.ts'],
    ['../audit/audit-verify.ts', '../journal/chain.ts'],
  ],
  'orders/views': [
    'electron/orders/views/made-up.ts',
    ['../engine/engine.ts', '../search/order-search.ts', '../../app/dispatch.ts'],
    ['../machine/order.ts', '../journal/journal.ts'],
  ],
  orders: [
    'electron/orders/made-up.ts',
    ['../vault/sealed-file.ts', '../practice/face-code.ts', '../app/dispatch.ts', '../wechat/gateway.ts', 'electron'],
    ['./engine/engine.ts', 'node:sqlite'],
  ],
  vault: [
    'electron/vault/made-up.ts',
    ['../wechat/sign.ts', '../orders/machine/order.ts', 'electron'],
    ['../base/json.ts', 'node-forge'],
  ],
  staff: [
    'electron/staff/made-up.ts',
    ['../orders/machine/actor.ts', '../vault/sealed-file.ts', '../app/settings/profile.ts', 'electron'],
    ['../base/clock.ts', 'node:crypto', 'zod'],
  ],
  practice: [
    'electron/practice/made-up.ts',
    ['../orders/machine/machine.ts', '../vault/sealed-file.ts'],
    ['../orders/engine/face-device.ts', '../wechat/sign.ts'],
  ],
  'face-bridge': [
    'electron/face-bridge/made-up.ts',
    ['../orders/engine/take-payment.ts', '../practice/face-device.ts', '../wechat/gateway.ts', 'electron'],
    ['../orders/engine/face-device.ts', '../base/clock.ts', 'node:child_process', 'zod'],
  ],
  pos: [
    'electron/pos/made-up.ts',
    ['../app/pos/pos-orders.ts', '../orders/engine/engine.ts', '../app/open-services.ts', 'electron'],
    ['../base/clock.ts', '../orders/views/pay-time.ts', 'node:http', 'zod'],
  ],
  scanner: [
    'electron/scanner/made-up.ts',
    ['../orders/engine/take-payment.ts', '../app/scanner/till-scanner.ts', '../vault/sealed-file.ts', 'electron'],
    ['../base/clock.ts', 'serialport', 'zod'],
  ],
  updates: [
    'electron/updates/made-up.ts',
    ['../orders/machine/actor.ts', '../vault/sealed-file.ts', '../app/settings/profile.ts', 'electron'],
    ['../base/ed25519.ts', 'node:https', 'electron-updater'],
  ],
  'app/settings': [
    'electron/app/settings/made-up.ts',
    ['../audit/audit-trail.ts', '../core/services.ts', '../notices/active-notices.ts'],
    ['./profile.ts', '../../vault/secret-box.ts'],
  ],
  'app/audit': [
    'electron/app/audit/made-up.ts',
    ['../core/services.ts', '../exports/slip.ts', '../dispatch.ts'],
    ['../settings/profile.ts', '../../orders/open-journal.ts'],
  ],
  'app/notices': [
    'electron/app/notices/made-up.ts',
    ['../core/services.ts', '../journal/journal-check.ts', '../../cli/words.ts'],
    ['./active-notices.ts', '../settings/profile.ts', '../audit/audit-trail.ts'],
  ],
  'app/journal': [
    'electron/app/journal/made-up.ts',
    ['../core/services.ts', '../orders/orders-service.ts', '../open-services.ts'],
    ['../audit/audit-trail.ts', '../../orders/open-journal.ts'],
  ],
  'app/core': [
    'electron/app/core/made-up.ts',
    ['../dispatch.ts', '../open-services.ts', '../orders/orders-service.ts', '../pos/pos-orders.ts'],
    ['../settings/settings-store.ts', '../audit/audit-trail.ts'],
  ],
  'app/customer': [
    'electron/app/customer/made-up.ts',
    ['../orders/orders-service.ts', '../staff/staff-service.ts', '../dispatch.ts'],
    ['../core/handler.ts', '../settings/settings-store.ts'],
  ],
  'app/kiosk': [
    'electron/app/kiosk/made-up.ts',
    ['../settings/profile.ts', '../staff/staff-service.ts', '../command-table.ts'],
    ['../core/handler.ts'],
  ],
  'app/appearance': [
    'electron/app/appearance/made-up.ts',
    ['../orders/orders-service.ts', '../dispatch.ts'],
    ['../core/handler.ts', '../settings/settings-store.ts'],
  ],
  'app/orders': [
    'electron/app/orders/made-up.ts',
    ['../stuck/stuck-service.ts', '../history/order-details.ts', '../open-services.ts'],
    ['../core/services.ts', '../audit/audit-trail.ts'],
  ],
  'app/history': [
    'electron/app/history/made-up.ts',
    ['../stuck/stuck-service.ts', '../exports/slip.ts', '../dispatch.ts'],
    ['../orders/orders-service.ts', '../core/handler.ts'],
  ],
  'app/stuck': [
    'electron/app/stuck/made-up.ts',
    ['../history/order-details.ts', '../staff/staff-service.ts', '../dispatch.ts'],
    ['../orders/orders-service.ts', '../core/handler.ts'],
  ],
  'app/pos': [
    'electron/app/pos/made-up.ts',
    ['../stuck/stuck-service.ts', '../settings/profile.ts', '../open-services.ts'],
    ['../orders/orders-service.ts', '../../pos/pos-api.ts'],
  ],
  'app/acceptance': [
    'electron/app/acceptance/made-up.ts',
    ['../stuck/stuck-service.ts', '../settings/profile.ts', '../open-services.ts'],
    ['../orders/orders-service.ts', '../../orders/machine/actor.ts'],
  ],
  'app/staff': [
    'electron/app/staff/made-up.ts',
    ['../stuck/stuck-service.ts', '../setup/setup-service.ts', '../dispatch.ts'],
    ['../orders/orders-service.ts', '../notices/active-notices.ts'],
  ],
  'app/diagnostics': [
    'electron/app/diagnostics/made-up.ts',
    ['../exports/slip.ts', '../core/services.ts', 'electron'],
    ['../audit/audit-trail.ts', 'fflate'],
  ],
  'app/exports': [
    'electron/app/exports/made-up.ts',
    ['../bill/compare.ts', '../stuck/stuck-service.ts', '../dispatch.ts'],
    ['../diagnostics/bundle.ts', '../audit/audit-report.ts'],
  ],
  'app/shifts': [
    'electron/app/shifts/made-up.ts',
    ['../orders/orders-service.ts', '../stuck/stuck-handlers.ts', '../open-services.ts'],
    ['../staff/shift-service.ts', '../exports/draft-file.ts'],
  ],
  'app/bill': [
    'electron/app/bill/made-up.ts',
    ['../stuck/stuck-service.ts', '../history/order-details.ts', '../dispatch.ts'],
    ['../exports/csv.ts', '../orders/orders-service.ts'],
  ],
  'app/overview': [
    'electron/app/overview/made-up.ts',
    ['../stuck/stuck-handlers.ts', '../shifts/shift-handlers.ts', '../dispatch.ts'],
    ['../bill/tally.ts', '../core/handler.ts'],
  ],
  'app/scanner': [
    'electron/app/scanner/made-up.ts',
    ['../setup/setup-service.ts', '../self-test/self-test.ts', '../open-services.ts', 'serialport'],
    ['../core/handler.ts', '../../scanner/scanners.ts', '../../orders/engine/take-payment.ts'],
  ],
  'app/setup': [
    'electron/app/setup/made-up.ts',
    ['../staff/staff-service.ts', '../self-test/self-test.ts', '../open-services.ts'],
    ['../settings/settings-store.ts', '../../vault/certificate-import.ts'],
  ],
  'app/self-test': [
    'electron/app/self-test/made-up.ts',
    ['../setup/probe.ts', '../updates/updates-wiring.ts', '../dispatch.ts'],
    ['../core/running-terminal.ts', '../audit/audit-trail.ts'],
  ],
  'app/updates': [
    'electron/app/updates/made-up.ts',
    ['../setup/probe.ts', '../orders/orders-service.ts', '../dispatch.ts'],
    ['../self-test/disk-checks.ts', '../staff/staff-service.ts'],
  ],
  app: [
    'electron/app/made-up.ts',
    ['../cli/words.ts', '../shell/windows/hardening.ts', 'electron', 'pino'],
    ['../orders/engine/engine.ts', './core/services.ts', './pos/pos-orders.ts'],
  ],
  cli: [
    'electron/cli/made-up.ts',
    ['../wechat/sign.ts', '../vault/sealed-file.ts', '../shell/windows/hardening.ts', 'zod'],
    ['../app/settings/profile.ts', 'node:util'],
  ],
  'shell/windows': [
    'electron/shell/windows/made-up.ts',
    ['../kiosk/kiosk.ts', '../ipc-bridge.ts', '../../app/dispatch.ts', 'zod'],
    ['electron', './page-window.ts', '../../base/log.ts'],
  ],
  'shell/kiosk': [
    'electron/shell/kiosk/made-up.ts',
    ['../ipc-bridge.ts', '../../app/dispatch.ts', 'zod'],
    ['electron', './kiosk-lock.ts', '../windows/page-window.ts', '../../base/log.ts'],
  ],
  shell: [
    'electron/shell/made-up.ts',
    ['../app/dispatch.ts', '../vault/sealed-file.ts', '../app/open-services.ts', 'zod'],
    ['electron', '../base/log.ts', '../vault/secret-box.ts'],
  ],
  main: [
    'electron/main.ts',
    ['./orders/engine/engine.ts', './wechat/sign.ts', './practice/pay.ts'],
    ['electron', './app/open-services.ts', './shell/windows/hardening.ts'],
  ],
  preload: [
    'electron/preload.ts',
    ['../shared/ipc.ts', './base/log.ts', 'zod', 'node:fs'],
    ['electron', '../shared/ipc-channels.ts'],
  ],
  'renderer/sound': [
    'renderer/sound/made-up.ts',
    ['../state/store.ts', '../../electron/base/clock.ts', 'react'],
    ['./synth.ts', '../../shared/settings.ts'],
  ],
  'renderer/bridge': [
    'renderer/bridge/made-up.ts',
    ['../state/store.ts', '../i18n/i18n.ts', 'electron', 'node:fs'],
    ['../../shared/ipc.ts', './api.ts', 'zod'],
  ],
  'renderer/state': [
    'renderer/state/made-up.ts',
    ['../back-office/back-office.tsx', '../i18n/i18n.ts', '../help/guide-document.ts', 'react'],
    ['../bridge/api.ts', '../sound/synth.ts', 'zustand/vanilla'],
  ],
  'renderer/i18n': [
    'renderer/i18n/made-up.ts',
    ['../components/icon.tsx', '../input/scan.ts', 'zod'],
    ['../state/store.ts', 'use-intl'],
  ],
  'renderer/input': [
    'renderer/input/made-up.ts',
    ['../state/actions.ts', '../components/button.tsx', 'react'],
    ['../sound/sounds.ts', './scan.ts'],
  ],
  'renderer/components': [
    'renderer/components/made-up.tsx',
    ['../state/store.ts', '../order/phase-words.ts', '../till/tray.tsx', 'zustand'],
    ['../i18n/i18n.ts', './keys/key.tsx', 'react'],
  ],
  'renderer/order': [
    'renderer/order/made-up.ts',
    ['../till/tray.tsx', '../slip/slip-dialog.tsx', '../back-office/words.ts', 'zod'],
    ['../state/store.ts', '../components/icon.tsx'],
  ],
  'renderer/slip': [
    'renderer/slip/made-up.tsx',
    ['../till/tray.tsx', '../order/verdict.tsx', 'node:fs'],
    ['../bridge/api.ts', 'react-dom'],
  ],
  'renderer/help': [
    'renderer/help/made-up.tsx',
    ['../till/tray.tsx', '../app.tsx', '../../build/bundle/guide-pages.ts', 'marked'],
    ['../../build/guide/en/cashier.md', '../order/loud-orders.tsx'],
  ],
  'renderer/training': [
    'renderer/training/made-up.tsx',
    ['../till/tray.tsx', '../back-office/words.ts', '../../electron/practice/scenarios.ts'],
    ['../state/actions.ts', './course.ts'],
  ],
  'renderer/till': [
    'renderer/till/made-up.tsx',
    ['../back-office/words.ts', '../help/help-dialog.tsx', '../app.tsx', 'zod'],
    ['../training/lazy-practice.tsx', '../slip/slip-dialog.tsx', './staff/staff-dialog.tsx'],
  ],
  'renderer/back-office': [
    'renderer/back-office/made-up.tsx',
    ['../till/tray.tsx', '../app.tsx', 'node:fs'],
    ['../training/course-words.tsx', './stuck/stuck-page.tsx', 'use-intl'],
  ],
  'renderer/customer': [
    'renderer/customer/made-up.tsx',
    ['../bridge/api.ts', '../state/store.ts', '../order/verdict.tsx'],
    ['../bridge/jitless.ts', '../theme/base.css', '../components/icon.tsx'],
  ],
  renderer: [
    'renderer/made-up.ts',
    ['../electron/base/clock.ts', '../electron/app/open-services.ts', 'electron', 'node:fs', 'zod'],
    ['../shared/ipc.ts', './till/tray.tsx', 'react-dom/client'],
  ],
};

/** Every form in which a module names another, a line each. */
const formsOf = (source: string): readonly string[] => [
  `import { x as x# } from '${source}';`,
  `import type { X as X# } from '${source}';`,
  `export * from '${source}';`,
  `export { x as y# } from '${source}';`,
  `await import('${source}');`,
  `export type Y# = import('${source}').X;`,
];

/** No name twice in a file. */
const unique = (code: string, index: number): string => code.replaceAll('#', String(index));

describe('an import that the arrows forbid', () => {
  it('is tried for every layer', () => {
    expect(Object.keys(arrows)).toEqual(Object.keys(layers));
  });

  it('is reported in every layer, in whatever form it is written, and one that they allow is not', () => {
    const lines = new Map(
      Object.values(arrows).map(([file, forbidden, allowed]) => [
        file,
        [
          ...forbidden.flatMap((source) => formsOf(source).map((code) => ({ code, isForbidden: true }))),
          ...allowed.flatMap((source) => formsOf(source).map((code) => ({ code, isForbidden: false }))),
        ],
      ]),
    );
    const found = lintMadeUp(
      new Map([...lines].map(([file, all]) => [file, all.map(({ code }, index) => unique(code, index)).join('\n')])),
    ).filter(({ rule }) => rule === 'own/layers');
    for (const [file, all] of lines) {
      const reported = found.filter((finding) => finding.file === file).map(({ line }) => line);
      const forbidden = all.flatMap(({ isForbidden }, index) => (isForbidden ? [index + 1] : []));
      expect(reported, file).toEqual(forbidden);
    }
  });

  it('is not hidden by a way around through the folder', () => {
    const found = lintMadeUp(
      new Map([
        ['electron/base/made-up.ts', "import { x } from './../base/../wechat/sign.ts';\nx();"],
        ['shared/made-up.ts', "import { x } from './../electron/base/json.ts';\nx();"],
      ]),
    ).filter(({ rule }) => rule === 'own/layers');
    expect(found.map(({ file }) => file).toSorted()).toEqual(['electron/base/made-up.ts', 'shared/made-up.ts']);
  });
});

const sources = ['shared', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

describe('the tree', () => {
  it('has every source file in exactly one layer', () => {
    const layersOf = (file: string): string[] =>
      Object.entries(layers).flatMap(([name, { files }]) =>
        files.some((glob) => matchesGlob(file, glob)) ? [name] : [],
      );
    expect(sources.length).toBeGreaterThan(80);
    expect(sources.map((file) => [file, layersOf(file)] as const).filter(([, names]) => names.length !== 1)).toEqual(
      [],
    );
  });

  it('has electron in shell/, main.ts and the preloads alone', () => {
    const using = sources.filter((file) =>
      /from 'electron'|import\('electron|require\('electron'/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(using).toContain('electron/main.ts');
    expect(using.filter((file) => !/^electron\/(shell\/|main\.ts$|(?:customer-)?preload\.ts$)/.test(file))).toEqual([]);
  });

  it('opens sockets to the gateway in the transport and its agent, to the feed of updates in one file, SQLite in the orders, and secrets’ cryptography where it belongs', () => {
    const usersOf = (module: string): string[] =>
      sources.filter((file) => readFileSync(join(root, file), 'utf8').includes(`from '${module}'`));
    expect(usersOf('node:https').filter((file) => !file.startsWith('electron/practice/'))).toEqual([
      'electron/updates/feed-client.ts',
      'electron/wechat/open-ahead-agent.ts',
      'electron/wechat/transport.ts',
    ]);
    expect(usersOf('node:sqlite').every((file) => file.startsWith('electron/orders/'))).toBe(true);
  });
});

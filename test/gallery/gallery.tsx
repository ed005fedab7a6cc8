/**
 * Every screen in every state, without main: `?show=till-paying&language=en&theme=dark`. Without `show`, the list. It
 * is a bundle of its own that no package contains: test/gallery/build.ts makes it from the app's sources.
 */
import { FROZEN_PAGE_MS } from './frozen.ts';
import { takeFaults } from './faults.ts';
import '../../renderer/bridge/jitless.ts';
import '../../renderer/theme/tokens.css';
import '../../renderer/theme/base.css';
import '../../renderer/theme/dialog.css';
import { createRoot, type Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { App } from '../../renderer/app.tsx';
import { billStore } from '../../renderer/back-office/bill/bill-store.ts';
import { initialSearch, search } from '../../renderer/back-office/history/search-state.ts';
import { selfTest } from '../../renderer/back-office/self-test/self-test-run.ts';
import { setupForm } from '../../renderer/back-office/setup/setup-form.ts';
import { isTextField, touchInput } from '../../renderer/input/touch-input.ts';
import { listenToKeyboard } from '../../renderer/keyboard.ts';
import { stuck } from '../../renderer/back-office/stuck/stuck-list.ts';
import { backOfficeWordsOf } from '../../renderer/back-office/words.ts';
import { seenOrders } from '../../renderer/state/seen-orders.ts';
import { shift } from '../../renderer/state/shift.ts';
import { staff } from '../../renderer/state/staff.ts';
import { kiosk } from '../../renderer/state/store.ts';
import { trainingStore } from '../../renderer/training/training-store.ts';
import type { CommandName } from '../../shared/ipc.ts';
import type { Language } from '../../shared/settings.ts';
import { acceptanceEntries } from './acceptance-entries.ts';
import { customerEntries } from './customer-entries.tsx';
import { backOfficeEntries } from './back-office-entries.ts';
import type { Answers, GalleryEntry } from './entry.ts';
import { partEntries } from './part-entries.tsx';
import { setupEntries } from './setup-entries.ts';
import { slipEntries } from './slip-entries.ts';
import { supportEntries } from './support-entries.ts';
import { tillEntries } from './till-entries.ts';
import { reached, settled } from './settling.ts';
import './gallery.css';

/** Everything there is to look at. A new screen or state is one line in the list of its kind. */
const entries: readonly GalleryEntry[] = [
  ...tillEntries,
  ...slipEntries,
  ...backOfficeEntries,
  ...acceptanceEntries,
  ...setupEntries,
  ...supportEntries,
  ...customerEntries,
  ...partEntries,
];

const blank = {
  kiosk: kiosk.getState(),
  staff: staff.getState(),
  shift: shift.getState(),
  stuck: stuck.getState(),
  setup: setupForm.getState(),
  selfTest: selfTest.getState(),
  bill: billStore.getState(),
  seen: seenOrders.getState(),
  course: trainingStore.getState(),
  touch: touchInput.getState(),
};
let answers: Answers = {};
let root: Root | null = null;

Object.defineProperty(window, 'kiosk', {
  value: {
    invoke: (name: CommandName) => {
      const value = answers[name];
      return value === undefined ? new Promise(() => undefined) : Promise.resolve({ ok: true, value });
    },
    subscribe: () => () => undefined,
  },
});

/** Draws one entry from an empty page; resolves when nothing changes any more. */
async function show(id: string, language: Language): Promise<void> {
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`the gallery has no ${id}`);
  root?.unmount();
  answers = entry.answers ?? {};
  kiosk.setState({ ...blank.kiosk, ...entry.kiosk, language }, true);
  staff.setState({ ...blank.staff, atMs: FROZEN_PAGE_MS, ...entry.staff }, true);
  shift.setState({ ...blank.shift, atMs: FROZEN_PAGE_MS, ...entry.shift }, true);
  stuck.setState(blank.stuck, true);
  setupForm.setState({ ...blank.setup, ...entry.setup }, true);
  selfTest.setState(blank.selfTest, true);
  billStore.setState(blank.bill, true);
  seenOrders.setState(blank.seen, true);
  trainingStore.setState(blank.course, true);
  touchInput.setState(blank.touch, true);
  localStorage.clear();
  search.setState(initialSearch, true);
  const home = document.getElementById('root');
  if (home === null) throw new Error('index.html has no #root');
  root = createRoot(home);
  root.render(entry.page?.() ?? (entry.sheet === undefined ? <App /> : <Sheet entry={entry} language={language} />));
  await settled();
  for (const testId of entry.press ?? []) {
    const control = await reached(testId);
    if (isTextField(control)) control.focus();
    control.click();
    await settled();
  }
  if (entry.then !== undefined) {
    kiosk.setState(entry.then);
    await settled();
  }
  await document.fonts.ready;
}

function Sheet({ entry, language }: { readonly entry: GalleryEntry; readonly language: Language }): React.ReactNode {
  document.documentElement.lang = language;
  return (
    <IntlProvider locale={language} messages={backOfficeWordsOf[language]}>
      <main className="gallery-sheet">{entry.sheet?.()}</main>
    </IntlProvider>
  );
}

const listed = (): void => {
  document.getElementById('root')?.append(
    ...entries.map(({ id }) => {
      const link = document.createElement('a');
      link.href = `?show=${id}`;
      link.textContent = id;
      link.className = 'gallery-link';
      return link;
    }),
  );
};

listenToKeyboard();
const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme !== null) document.documentElement.style.colorScheme = theme === 'dark' ? 'dark' : 'light';
const wanted = query.get('show');
if (wanted !== null) void show(wanted, query.get('language') === 'en' ? 'en' : 'zh-CN');
else if (!query.has('bare')) listed();

const listedEntries = entries.map(({ id, size }) => ({ id, size: size ?? null }));
Object.defineProperty(window, 'gallery', { value: { show, takeFaults, entries: listedEntries } });

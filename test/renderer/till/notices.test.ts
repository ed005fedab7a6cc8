/** The notices over the till: the worst first, and what has no room on a low window behind its number. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'use-intl';
import { expect, test } from 'vitest';
import { Notices } from '../../../renderer/till/header/notice-bar.tsx';
import zh from '../../../shared/locales/zh-CN.json';
import type { Notice } from '../../../shared/ipc.ts';

const notice = (code: Notice['code']): Notice => ({ code, on: true, detail: null });

function drawn(codes: readonly Notice['code'][], mayRead = false): string {
  const onRead = mayRead ? (): void => undefined : undefined;
  return renderToStaticMarkup(
    createElement(IntlProvider, {
      locale: 'zh-CN',
      messages: zh,
      timeZone: 'Asia/Shanghai',
      children: createElement(Notices, { notices: codes.map(notice), onRead }),
    }),
  );
}
const shown = (html: string): readonly (string | undefined)[] =>
  [...html.matchAll(/data-code="([\w-]+)"/g)].map(([, code]) => code);

test('what forbids payments stands before what only waits, whichever came first', () => {
  const html = drawn([
    'offline',
    'journal-of-later-version',
    'server-not-trusted',
    'crew-unreadable',
    'journal-failing',
  ]);
  expect(shown(html)).toEqual([
    'server-not-trusted',
    'journal-failing',
    'offline',
    'crew-unreadable',
    'journal-of-later-version',
  ]);
  expect(html).toContain('另有 3 条');
});

test('two have room everywhere, and none takes none', () => {
  expect(drawn(['offline', 'journal-failing'])).not.toContain('notices-more');
  expect(drawn([])).toBe('');
});

test('one button confirms all that a manager has to read, and nobody else has it', () => {
  const html = drawn(['files-gone', 'journal-was-damaged'], true);
  expect(html.match(/notice-read/g)).toHaveLength(1);
  expect(drawn(['offline'], true)).not.toContain('notice-read');
  expect(drawn(['files-gone'])).not.toContain('notice-read');
});

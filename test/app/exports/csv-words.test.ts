/** Who acted, in the words of an exported table. */
import { expect, it } from 'vitest';
import { personWord } from '../../../electron/app/exports/csv-words.ts';
import { THE_APP, type Actor } from '../../../electron/orders/machine/actor.ts';

const cases: readonly (readonly [Actor, string, string])[] = [
  [{ who: 'screen', role: 'manager' }, '店长', 'Manager'],
  [{ who: 'cashier:王芳', role: 'cashier' }, '王芳（收银员）', '王芳 (Cashier)'],
  [{ who: 'terminal:shop', role: 'manager' }, 'shop（店长，终端命令）', 'shop (Manager, terminal command)'],
  [{ who: 'terminal', role: 'manager' }, '店长，终端命令', 'Manager, terminal command'],
  [{ who: 'pos:a:1', role: 'cashier' }, '收银软件（a:1）', 'till software (a:1)'],
  [THE_APP, '本机自动', 'by itself'],
];

it.each(cases)('%j is a name and a role in the table’s language, never the journal’s own word', (actor, zh, en) => {
  expect([personWord('zh-CN', actor), personWord('en', actor)]).toEqual([zh, en]);
});

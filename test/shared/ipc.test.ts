/** The contract as a whole: every name exists on both sides, and every possible answer has words. */
import { describe, expect, it } from 'vitest';
import { createHandlers } from '../../electron/app/command-table.ts';
import { commands, events } from '../../shared/contract/all.ts';
import { backOfficeCommands } from '../../shared/contract/back-office.ts';
import { commonCodes, tillCommands } from '../../shared/ipc.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };
import zhCN from '../../shared/locales/zh-CN.json' with { type: 'json' };
import { noExports } from '../support/terminal/no-host.ts';
import { idleStaff } from '../support/terminal/staff.ts';
import { idleSelfTest } from '../support/terminal/idle-self-test.ts';

const app = { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } } as const;

describe('the contract', () => {
  it('has every name once, with its schemas, and a handler for every command', () => {
    // Spreading two parts into one object would hide a name that both have.
    for (const name of Object.keys(tillCommands)) expect(backOfficeCommands).not.toHaveProperty([name]);
    expect(Object.keys(events).filter((name) => Object.hasOwn(commands, name))).toEqual([]);
    expect(
      Object.keys(
        createHandlers({ app, notices: () => [], staff: idleStaff, selfTest: idleSelfTest, exports: noExports() }),
      ).sort(),
    ).toEqual(Object.keys(commands).sort());
  });

  it('takes no input that it has no name for', () => {
    for (const [name, { input }] of Object.entries(commands)) {
      const parsed = input.safeParse({
        number: '1',
        amountFen: 1,
        orderId: '1',
        language: 'en',
        scenario: 'paid',
        unknown: 1,
      });
      expect(parsed.success, name).toBe(false);
    }
  });

  it.each([
    ['zh-CN', zhCN],
    ['en', en],
  ])('has words for every code a command may fail with (%s)', (_language, { refusal, problem }) => {
    const codes = new Set([...commonCodes, ...Object.values(commands).flatMap(({ codes: own }) => own)]);
    expect([...codes].filter((code) => !(code in refusal) && !(code in problem))).toEqual([]);
  });
});

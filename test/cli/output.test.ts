/** What the command prints of orders: people get Beijing time, scripts get UTC. */
import { expect, it } from 'vitest';
import { createOutput } from '../../electron/cli/output.ts';
import { order } from '../support/screen/fake-orders.ts';

it('lists orders in Beijing time, in the form of WeChat’s bill', () => {
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line);
  createOutput({ out, err: out }, false).orders([
    order({ name: 'paid' }, { createdAtMs: Date.parse('2026-11-23T17:05:09.900Z') }),
  ]);
  expect(lines).toEqual([expect.stringMatching(/^2026-11-24 01:05:09 {2}/)]);
});

/**
 * Runs before the tests of each file: the apps that they start join this worker's Chromium, and draw no animations,
 * because nobody looks.
 */
import { inject } from 'vitest';

const chromiums = inject('chromiums');
process.env['STANDIN_SHARED_CHROMIUM'] = chromiums === '' ? '' : await endpointFrom(chromiums);
// Sixty frames a second, drawn without a graphics card, cost a third of what these tests cost.
process.env['STANDIN_REDUCED_MOTION'] = '1';

async function endpointFrom(address: string): Promise<string> {
  const answer = await fetch(`${address}/${process.env['VITEST_POOL_ID'] ?? '1'}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Chromium did not start: ${text}`);
  return text;
}

/**
 * Runs before the tests of each file: the apps that they start join this worker's Chromium, and draw no animations,
 * because nobody looks.
 */
import { inject } from 'vitest';

const chromiums = inject('chromiums');
const worker = Number(process.env['VITEST_POOL_ID'] ?? 1);
process.env['STANDIN_SHARED_CHROMIUM'] = chromiums[(worker - 1) % chromiums.length] ?? '';
// Sixty frames a second, drawn without a graphics card, cost a third of what these tests cost.
process.env['STANDIN_REDUCED_MOTION'] = '1';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeReader, SCAN_BYTES_MAX, type SerialScan } from '../../electron/scanner/code-reader.ts';
import type { Terminator } from '../../shared/settings.ts';

const CODE = '134567890123456789';
const OTHER = '101112131415161718';
const ENDS: Readonly<Record<Terminator, string>> = { cr: '\r', lf: '\n', crlf: '\r\n', none: '' };
const ended: readonly Terminator[] = ['cr', 'lf', 'crlf'];

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
/** What comes of a whole stream that is followed by a pause. */
function scansOf(terminator: Terminator, ...chunks: readonly string[]): SerialScan[] {
  const reader = codeReader(terminator);
  const scans = chunks.flatMap((chunk) => reader.push(bytesOf(chunk)));
  const rest = reader.silence();
  expect(reader.isWithin()).toBe(false);
  return rest === null ? scans : [...scans, rest];
}
const shown = (scans: readonly SerialScan[]): string[] =>
  scans.map((scan) => (scan.shown.what === 'code' ? scan.shown.code : scan.shown.what));

describe.each(ended)('a reader whose scanner ends a code with %s', (terminator) => {
  const end = ENDS[terminator];

  it('gives a code as soon as it ends, and both of two that come in one go', () => {
    const reader = codeReader(terminator);
    expect(shown(reader.push(bytesOf(CODE + end)))).toEqual([CODE]);
    expect(shown(reader.push(bytesOf(CODE + end + OTHER + end)))).toEqual([CODE, OTHER]);
  });

  it('gives a code without its end after a pause, and says that the end did not come', () => {
    expect(scansOf(terminator, CODE)).toEqual([
      { shown: { what: 'code', code: CODE }, length: 18, ended: 'silence', garbled: false },
    ]);
  });

  it('understands a scanner that sends other line ends than were set', () => {
    for (const other of ['\r', '\n', '\r\n']) {
      const found = shown(scansOf(terminator, `${CODE}${other}`));
      expect(found).toEqual([CODE]);
    }
  });

  it('gives the same for every way in which the stream is split', () => {
    const lines = fc.array(fc.constantFrom(CODE, OTHER, '281234567890123456', '20261123150007', 'x'.repeat(200)), {
      minLength: 1,
      maxLength: 4,
    });
    const cuts = fc.array(fc.nat(200), { maxLength: 12 });
    fc.assert(
      fc.property(lines, cuts, (all, places) => {
        const stream = all.map((line) => line + end).join('');
        const at = [...new Set(places.map((place) => place % stream.length))].sort((one, two) => one - two);
        const parts = [0, ...at].map((from, index) => stream.slice(from, at[index] ?? stream.length));
        expect(scansOf(terminator, ...parts)).toEqual(scansOf(terminator, stream));
        expect(scansOf(terminator, stream)).toHaveLength(all.length);
      }),
    );
  });
});

describe('a reader', () => {
  it('without a terminator gives what comes before a pause, and a code that was read twice once', () => {
    expect(shown(scansOf('none', CODE))).toEqual([CODE]);
    expect(shown(scansOf('none', CODE + CODE))).toEqual([CODE]);
    expect(shown(scansOf('none', CODE + OTHER))).toEqual(['other-scan']);
    expect(scansOf('none', CODE)[0]?.ended).toBe('silence');
  });

  it('names other wallets’ codes, and takes no part of a code for one', () => {
    expect(shown(scansOf('cr', '281234567890123456\r6222021234567890123\r', `${CODE.slice(1)}\r`))).toEqual([
      'alipay',
      'unionpay',
      'other-scan',
    ]);
  });

  it('hears nothing in NULs, line ends and a few bytes of noise, and reads a code through NULs and frames', () => {
    expect(scansOf('cr', '\0\0\r\r\n', '\xffA\0', '\r')).toEqual([]);
    expect(shown(scansOf('cr', `\0\x02${CODE}\x03\0\r`))).toEqual([CODE]);
    expect(scansOf('cr', `\x02${CODE}\x03\r`)[0]?.length).toBe(18);
    expect(shown(scansOf('lf', `${Array.from(CODE).join('\0')}\n`))).toEqual([CODE]);
  });

  it('says that bytes with a parity bit, or of another baud rate, are no characters', () => {
    const parity = Array.from(CODE, (digit) => String.fromCharCode(digit.charCodeAt(0) | 0x80)).join('');
    expect(scansOf('cr', `${parity}\r`)).toEqual([
      { shown: { what: 'other-scan' }, length: 18, ended: 'terminator', garbled: true },
    ]);
    expect(scansOf('cr', `${CODE.slice(0, 9)}\x01${CODE.slice(9)}\r`)[0]).toMatchObject({ garbled: true });
  });

  it('drops a line that is too long up to its end, and reads the next one', () => {
    const scans = scansOf('cr', '1'.repeat(1_000_000), `${CODE}\r${OTHER}\r`);
    expect(shown(scans)).toEqual(['other-scan', OTHER]);
    expect(scans[0]?.length).toBe(1_000_018);
    expect(shown(scansOf('cr', `${CODE}${' '.repeat(SCAN_BYTES_MAX)}${CODE}\r`))).toEqual(['other-scan']);
  });

  it('gives a WeChat code only where the stream has those 18 digits between two ends', () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    const terminators = fc.constantFrom<Terminator>('cr', 'lf', 'crlf', 'none');
    fc.assert(
      fc.property(terminators, fc.array(noise, { maxLength: 8 }), (terminator, chunks) => {
        const reader = codeReader(terminator);
        const scans = chunks.flatMap((chunk) => reader.push(chunk));
        const rest = reader.silence();
        const text = Buffer.concat(chunks).toString('latin1').replaceAll('\0', '');
        for (const scan of rest === null ? scans : [...scans, rest]) {
          expect(scan.length).toBeGreaterThanOrEqual(6);
          if (scan.shown.what === 'code') expect(text).toContain(scan.shown.code);
        }
      }),
    );
  });

  it('forgets half a code when its port is gone', () => {
    const reader = codeReader('cr');
    reader.push(bytesOf(CODE.slice(0, 9)));
    expect(reader.isWithin()).toBe(true);
    reader.clear();
    expect(shown(reader.push(bytesOf(`${OTHER}\r`)))).toEqual([OTHER]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinProblem } from '../../shared/pin-rules.ts';

describe('a PIN', () => {
  it.each(['', '12345', '48261', '4826157390264', '48 615', '48261a', '４８２６１５', '-482615', '482615\n'])(
    'of the wrong shape is refused: %j',
    (pin) => {
      expect(pinProblem(pin)).toBe('pin-shape');
    },
  );

  it.each([
    ['of one digit', ['000000', '111111', '99999999']],
    ['of two digits', ['121122', '110010', '787878', '344433']],
    ['that repeats', ['123123', '482482', '48264826', '4824824', '595959']],
    ['that runs up or down', ['123456', '654321', '890123', '109876', '012345678', '135791', '975319', '246802']],
    ['made of runs', ['123789', '456123', '111222', '123321', '123987', '111234', '123456987']],
    ['that reads the same backwards', ['482284', '4826284', '907709']],
    ['of pairs', ['112233', '447700', '99881177']],
    ['that a finger draws', ['147258', '159357', '258369', '741852', '1472589']],
    ['that sounds like something', ['520131', '5201314', '131452', '1314520']],
    [
      'that is a date',
      ['19900101', '900101', '010190', '31121985', '12311985', '199001', '011990', '20261124', '241126'],
    ],
  ])('%s is refused', (_kind, pins) => {
    expect(pins.filter((pin) => pinProblem(pin) !== 'pin-trivial')).toEqual([]);
  });

  it('that can be read off the terminal is refused, forwards and backwards', () => {
    const known = ['1900004826157', 'kiosk-739264'];
    for (const pin of ['482615', '516284', '004826', '739264', '7392641'])
      expect(pinProblem(pin, known), pin).toBe('pin-trivial');
    expect(pinProblem('482615', ['store-1'])).toBeNull();
  });

  it.each(['482615', '739264', '905183', '60482951', '481527396041'])(
    'that nobody guesses first is taken: %s',
    (pin) => {
      expect(pinProblem(pin, ['1900000109', 'kiosk-1'])).toBeNull();
    },
  );

  it('of six digits is left a choice of more than three quarters of all', () => {
    const uniform = Array.from({ length: 4_000 }, (_, index) =>
      String((index * 257_137 + 31_415) % 1_000_000).padStart(6, '0'),
    );
    expect(uniform.filter((pin) => pinProblem(pin) === null).length / uniform.length).toBeGreaterThan(0.75);
  });

  it('is refused the same way reversed, where it repeats, runs or is a mirror', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(digits, (piece) => {
        const repeated = piece.repeat(Math.ceil(6 / piece.length) + (piece.length > 3 ? 0 : 1)).slice(0, 12);
        const mirrored = piece + Array.from(piece).reverse().join('');
        if (repeated.length >= 2 * piece.length) expect(pinProblem(repeated)).toBe('pin-trivial');
        if (mirrored.length >= 6) expect(pinProblem(mirrored)).toBe('pin-trivial');
      }),
    );
  });
});

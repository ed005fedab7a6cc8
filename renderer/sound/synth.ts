/**
 * The cues as notes, and a small synthesiser for them. It plays on a loudspeaker or offline, and needs nothing of the
 * page.
 */

/**
 * `failed`: the payment did not go through and nothing was taken. `look`: look at the screen; nothing is lost and the
 * order goes on by itself. `manager`: nothing goes on until a manager comes. `offline`: the network is gone. `refused`: a
 * key that cannot be taken.
 */
export type Cue = 'ready' | 'paid' | 'cancelled' | 'failed' | 'look' | 'manager' | 'offline' | 'refused';

interface Note {
  readonly hz: number;
  readonly atS: number;
  readonly lastsS: number;
}

/** They differ in the number of notes and in whether these rise, stay or fall; nobody has to hear an interval. */
const cues: Readonly<Record<Cue, readonly Note[]>> = {
  ready: [{ hz: 880, atS: 0, lastsS: 0.09 }],
  paid: [
    { hz: 784, atS: 0, lastsS: 0.12 },
    { hz: 988, atS: 0.11, lastsS: 0.12 },
    { hz: 1175, atS: 0.22, lastsS: 0.28 },
  ],
  cancelled: [
    { hz: 587, atS: 0, lastsS: 0.16 },
    { hz: 880, atS: 0.17, lastsS: 0.3 },
  ],
  failed: [
    { hz: 494, atS: 0, lastsS: 0.16 },
    { hz: 392, atS: 0.17, lastsS: 0.3 },
  ],
  look: [
    { hz: 660, atS: 0, lastsS: 0.12 },
    { hz: 660, atS: 0.22, lastsS: 0.12 },
  ],
  manager: [
    { hz: 523, atS: 0, lastsS: 0.22 },
    { hz: 349, atS: 0.24, lastsS: 0.34 },
    { hz: 523, atS: 0.8, lastsS: 0.22 },
    { hz: 349, atS: 1.04, lastsS: 0.4 },
  ],
  offline: [{ hz: 294, atS: 0, lastsS: 0.4 }],
  refused: [
    { hz: 220, atS: 0, lastsS: 0.07 },
    { hz: 220, atS: 0.1, lastsS: 0.07 },
  ],
};

const loudness = { low: 0.08, middle: 0.2, high: 0.45 } as const;
export type Volume = keyof typeof loudness;

/** A tone that starts or ends at once clicks in the loudspeaker. */
const FADE_S = 0.015;

/** Adds a cue's notes to a context, from its present time on. */
export function schedule(context: BaseAudioContext, cue: Cue, volume: Volume): void {
  for (const note of cues[cue]) sound(context, note, loudness[volume]);
}

function sound(context: BaseAudioContext, { hz, atS, lastsS }: Note, level: number): void {
  const starts = context.currentTime + atS;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, starts);
  gain.gain.linearRampToValueAtTime(level, starts + FADE_S);
  gain.gain.setValueAtTime(level, starts + lastsS - FADE_S);
  gain.gain.linearRampToValueAtTime(0, starts + lastsS);
  tone.connect(gain).connect(context.destination);
  tone.start(starts);
  tone.stop(starts + lastsS);
}

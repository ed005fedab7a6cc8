/** Short cues from a small synthesiser: no files, none longer than a second. Each has a twin on the screen. */

export type Cue = 'ready' | 'paid' | 'cancelled' | 'attention';

interface Note {
  readonly hz: number;
  readonly atS: number;
  readonly lastsS: number;
}

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
  attention: [
    { hz: 440, atS: 0, lastsS: 0.18 },
    { hz: 440, atS: 0.3, lastsS: 0.18 },
  ],
};

const LOUDNESS = 0.18;
/** A tone that starts or ends at once clicks in the loudspeaker. */
const FADE_S = 0.015;

let audio: AudioContext | null = null;

/** Browsers allow sound only after somebody touched the page, so this is called by the first touch or key. */
export function allowSound(): void {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
  } catch {
    // A terminal without a sound card is still a till.
    audio = null;
  }
}

/** Plays a cue where sound is possible; says nothing where it is not, because the screen says it too. */
export function play(cue: Cue): void {
  if (audio?.state !== 'running') return;
  try {
    for (const note of cues[cue]) sound(audio, note);
  } catch {
    // The device went away between two notes; the next touch opens it again.
    audio = null;
  }
}

function sound(context: AudioContext, { hz, atS, lastsS }: Note): void {
  const starts = context.currentTime + atS;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, starts);
  volume.gain.linearRampToValueAtTime(LOUDNESS, starts + FADE_S);
  volume.gain.setValueAtTime(LOUDNESS, starts + lastsS - FADE_S);
  volume.gain.linearRampToValueAtTime(0, starts + lastsS);
  tone.connect(volume).connect(context.destination);
  tone.start(starts);
  tone.stop(starts + lastsS);
}

const MUTED_KEY = 'kiosk.muted';

/** Whether this terminal was muted when it was last used. */
export function readMuted(): boolean {
  try {
    return localStorage.getItem(MUTED_KEY) === 'yes';
  } catch {
    return false;
  }
}

/** Remembers the choice; a terminal that cannot store it asks again after the next start. */
export function keepMuted(muted: boolean): void {
  try {
    localStorage.setItem(MUTED_KEY, muted ? 'yes' : 'no');
  } catch {
    // Nothing depends on it.
  }
}

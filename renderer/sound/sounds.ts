/** The loudspeaker. Every cue has a twin on the screen, so nothing here is needed to work the till. */
import { schedule, type Cue, type Volume } from './synth.ts';

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
export function play(cue: Cue, volume: Volume): void {
  if (audio?.state !== 'running') return;
  try {
    schedule(audio, cue, volume);
  } catch {
    // The device went away between two notes; the next touch opens it again.
    audio = null;
  }
}

/** The loudspeaker. Every cue also has a form on the screen, so the till can be used without sound. */
import { schedule, type Cue, type Volume } from './synth.ts';

let audio: AudioContext | null = null;

/** Browsers allow sound only after a person has touched the page, so the first touch or key calls this. */
export function allowSound(): void {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
  } catch {
    // A terminal without a sound card is still a till.
    audio = null;
  }
}

/** Plays a cue if sound is possible. Otherwise it reports nothing, because the screen shows the cue too. */
export function play(cue: Cue, volume: Volume): void {
  if (audio?.state !== 'running') return;
  try {
    schedule(audio, cue, volume);
  } catch {
    // The device disappeared between two notes; the next touch opens it again.
    audio = null;
  }
}

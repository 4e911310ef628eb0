// A soft sound, made here. Browsers let a page sound only once somebody has clicked or typed in it.

import { signal } from "../../vendor/preact.js";

const TONES = [[523.25, 0], [659.25, 0.22], [783.99, 0.44]]; // C5, E5, G5 and their beginnings, in Hz and seconds
const LOUD = 0.16, RISE = 0.03, RING = 1.6; // of 1; seconds
let context = null;

/** Whether the page may sound. */
export const audible = signal(false);

/** Wait for the first click or key. */
export function listenForSound() {
  const allow = () => {
    context ??= globalThis.AudioContext ? new AudioContext() : null;
    audible.value = true;
    for (const name of ["pointerdown", "keydown"]) removeEventListener(name, allow);
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, allow);
}

/** Three rising tones that fade; nothing where the page may not sound. */
export function chime() {
  if (!context) return;
  context.resume();
  for (const [pitch, after] of TONES) tone(pitch, context.currentTime + after);
}

function tone(pitch, at) {
  const source = new OscillatorNode(context, { frequency: pitch }), volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + RISE);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + RING);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + RING);
}

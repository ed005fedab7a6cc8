/**
 * The colour family: a process, a wait, done, or a person is needed. Never the only sign: a word and a shape go with
 * it.
 */
export type Tone = 'process' | 'wait' | 'done' | 'alarm';

/** Lines that nobody may read over a shoulder or in a list of processes: PINs and payment codes. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Keyboard {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly prompt: NodeJS.WritableStream;
}

export interface HiddenLines {
  /** A person types, and not a script. */
  readonly isTyped: boolean;
  /** The next line, without blanks at its ends; empty at the end of the input. Only a person is asked in `words`. */
  readonly ask: (words: string) => Promise<string>;
  readonly close: () => void;
}

export function hiddenLines({ input, prompt }: Keyboard): HiddenLines {
  const silent = new Writable({ write: (_chunk, _encoding, done) => { done(); } }); // prettier-ignore
  const isTyped = input.isTTY === true;
  const lines = createInterface({ input, output: silent, terminal: isTyped });
  const read = lines[Symbol.asyncIterator]();
  return {
    isTyped,
    async ask(words) {
      if (isTyped) prompt.write(words);
      const line = await read.next();
      if (isTyped) prompt.write('\n');
      return line.done === true ? '' : line.value.trim();
    },
    close: () => {
      lines.close();
    },
  };
}

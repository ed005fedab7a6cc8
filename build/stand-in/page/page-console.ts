// Runs in the stand-in's main process. Why it exists: it turns Chromium's reports about a page's console, uncaught
// errors and blocked content into the lines of webContents' console-message.
import type { DevTools } from '../browser/browser-page.ts';

/** A line of the page's console. */
export interface ConsoleLine {
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  readonly message: string;
  readonly line: number;
  readonly source: string;
}

const LEVELS = new Map<string, ConsoleLine['level']>([
  ['error', 'error'],
  ['assert', 'error'],
  ['warning', 'warning'],
  ['debug', 'debug'],
  ['verbose', 'debug'],
]);

/** Reports each line; Runtime and Log must be enabled on the session. */
export function followConsole(cdp: DevTools, logged: (line: ConsoleLine) => void): void {
  cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const message = args
      .map((arg) => String(arg.value ?? arg.unserializableValue ?? arg.description ?? arg.type))
      .join(' ');
    const place = stackTrace?.callFrames[0];
    logged({
      level: LEVELS.get(type) ?? 'info',
      message,
      line: (place?.lineNumber ?? -1) + 1,
      source: place?.url ?? '',
    });
  });
  cdp.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, lineNumber, url } }) => {
    const message = exception?.description === undefined ? text : `Uncaught ${exception.description}`;
    logged({ level: 'error', message, line: lineNumber + 1, source: url ?? '' });
  });
  cdp.on('Log.entryAdded', ({ entry }) => {
    logged({
      level: LEVELS.get(entry.level) ?? 'info',
      message: entry.text,
      line: (entry.lineNumber ?? -1) + 1,
      source: entry.url ?? '',
    });
  });
}

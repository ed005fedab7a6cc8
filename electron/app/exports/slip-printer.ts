/** Which of the system's printers a slip goes to, and for how long it is waited for. */
import type { SlipPage } from '../../../shared/contract/exports.ts';
import type { PrintCode } from '../../../shared/contract/printers.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { PRINT_MS, PRINTERS_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { PagePrinter } from '../core/host-port.ts';

/** As the system describes it. */
export interface SystemPrinter {
  readonly name: string;
  /** As people see it. */
  readonly displayName: string;
  /** The system's own facts: CUPS' attributes, or Windows' driver. */
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Names and drivers of printers that make files, notes or faxes. On Windows the first of them is often the default, and a
 * silent job then opens a dialog over the till that asks for a file's name. XPS alone is not one: drivers of real printers
 * have it in their names.
 */
const VIRTUAL =
  /\bpdf\b|pdf(?:creator|24|factory|writer)|(?:cute|do|win2|bullzip ?|wps ?)pdf|导出为|虚拟|xps document writer|document image writer|onenote|\bfax\b|传真|snagit|(?:anydesk|teamviewer) printer/i;
/** Where such a printer sends its jobs to (CUPS). */
const VIRTUAL_DEVICE = /^(?:cups-pdf|cups-brf|file|fax|hpfax|pdf):/i;
const FACTS = ['printer-make-and-model', 'printer-info', 'system_driverinfo'] as const;

/** Whether it makes no paper. */
export const isVirtual = ({ name, displayName, options }: SystemPrinter): boolean =>
  [name, displayName, ...FACTS.map((fact) => options[fact] ?? '')].some((text) => VIRTUAL.test(text)) ||
  VIRTUAL_DEVICE.test(options['device-uri'] ?? '');

/**
 * The name of the printer for a job; `null` for the system's default. No program is told which one that is, so it is only
 * used where each printer makes paper.
 */
export function printerFor(
  printers: readonly SystemPrinter[],
  chosen: string | null,
): Result<string | null, PrintCode> {
  if (chosen !== null) {
    const found = printers.find(({ name }) => name === chosen);
    if (found === undefined) return fail('printer-gone');
    return isVirtual(found) ? fail('printer-virtual') : ok(chosen);
  }
  const [first, ...others] = printers.filter((printer) => !isVirtual(printer));
  if (first === undefined) return fail(printers.length === 0 ? 'not-printed' : 'printer-virtual');
  if (others.length === 0) return ok(first.name);
  return others.length + 1 === printers.length ? ok(null) : fail('printer-not-chosen');
}

/** The host's printing. Each of them may never answer. */
export interface SystemPrinting {
  list(): Promise<readonly SystemPrinter[]>;
  /** `printer`: its name, or `null` for the default. Returns whether the system took the job. */
  print(page: SlipPage, printer: string | null): Promise<boolean>;
  pdf(page: SlipPage): Promise<Uint8Array | null>;
}

export interface SlipPrinting extends PagePrinter {
  /** The system's printers; `null` if it does not say in time. */
  list(): Promise<readonly SystemPrinter[] | null>;
}

/** `chosen`: the name of the printer that a technician chose, or `null`. */
export function slipPrinting(
  system: SystemPrinting,
  chosen: () => string | null,
  clock: Pick<Clock, 'after'>,
  log: Log,
): SlipPrinting {
  return {
    list: () =>
      within(clock, PRINTERS_MS, () => system.list()).catch((error: unknown) => {
        log.warn({ error }, 'the system did not list its printers');
        return null;
      }),
    async print(page) {
      const printed = await within<Result<null, PrintCode>>(clock, PRINT_MS, async (isOver) => {
        const printer = printerFor(await system.list(), chosen());
        if (!printer.ok) return printer;
        // Whoever waited has been told that it took too long, and may print again.
        if (isOver()) return fail('print-timed-out');
        return (await system.print(page, printer.value)) ? ok(null) : fail('not-printed');
      }).catch((error: unknown): Result<null, PrintCode> => {
        log.warn({ error }, 'a slip could not be printed');
        return fail('not-printed');
      });
      if (printed === null) log.warn({}, 'a printer did not take a slip in time');
      return printed ?? fail('print-timed-out');
    },
    pdf: (page) => system.pdf(page),
  };
}

/** What `work` gave, or `null` after that time. */
function within<Value>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: (isOver: () => boolean) => Promise<Value>,
): Promise<Value | null> {
  let over = false;
  let stopTimer = (): void => undefined;
  const timeout = new Promise<null>((resolve) => {
    stopTimer = clock.after(ms, () => {
      over = true;
      resolve(null);
    });
  });
  return Promise.race([work(() => over), timeout]).finally(() => {
    stopTimer();
  });
}

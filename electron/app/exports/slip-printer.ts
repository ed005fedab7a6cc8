/** Which of the system's printers a slip goes to. Pure. */
import type { PrintCode } from '../../../shared/contract/printers.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

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

/**
 * A small file about the staff in the profile. A change is on disk before it is reported. A damaged file is set aside
 * and never overwritten.
 */
import type { z } from 'zod';
import { ok, type Result } from '../../shared/result.ts';
import { lookAtFile } from '../base/file-with-copy.ts';
import { putAside, writeSettingsFile } from '../base/settings-file.ts';
import { withFiles } from '../base/safe-file.ts';

/**
 * `damaged`: it was set aside under the name `setAside`, and no copy has its content. `unreadable`: it exists and stays
 * as it is.
 */
export type FoundStaffFile<Content> =
  | { readonly found: 'nothing'; readonly setAside: null }
  | { readonly found: 'damaged'; readonly setAside: string }
  // The content of its copy, if there is one.
  | { readonly found: 'unreadable'; readonly content: Content | null; readonly setAside: null }
  | { readonly found: 'content'; readonly content: Content; readonly setAside: string | null };

export function readStaffFile<Content>(
  path: string,
  schema: z.ZodType<Content>,
  wallMs: number,
): FoundStaffFile<Content> {
  const { found, value } = lookAtFile(path, schema);
  if (found === 'nothing') return { found, setAside: null };
  if (found === 'unreadable') return { found, content: value, setAside: null };
  const setAside = found === 'damaged' ? withFiles<string, never>(() => ok(putAside(path, wallMs))) : ok(null);
  if (!setAside.ok) return { found: 'unreadable', content: value, setAside: null };
  if (value !== null) return { found: 'content', content: value, setAside: setAside.value };
  return setAside.value === null
    ? { found: 'nothing', setAside: null }
    : { found: 'damaged', setAside: setAside.value };
}

export const writeStaffFile = <Content extends object>(
  path: string,
  schema: z.ZodType<Content>,
  content: Content,
  wallMs: number,
): Result<null, 'not-saved'> => writeSettingsFile(path, schema, content, wallMs);

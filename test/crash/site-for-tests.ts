import { afterAll, beforeAll } from 'vitest';
import { openSite, type Site } from './site.ts';
import { makeTools, type Tools } from './tools.ts';

/**
 * A site for the tests of a file, from before the first to after the last; none if `missing` says why they do not run.
 */
export function siteForTests(missing: string | null): { readonly tools: Tools; readonly site: Site } {
  let opened: { readonly tools: Tools; readonly site: Site } | null = null;
  beforeAll(async () => {
    if (missing !== null) return;
    const tools = await makeTools();
    opened = { tools, site: await openSite(tools) };
  });
  afterAll(async () => {
    await opened?.site.close();
    opened?.tools.dispose();
  });
  const here = (): { readonly tools: Tools; readonly site: Site } => {
    if (opened === null) throw new Error('no site is open: it is there from before the first test on');
    return opened;
  };
  return {
    get tools() {
      return here().tools;
    },
    get site() {
      return here().site;
    },
  };
}

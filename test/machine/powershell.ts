/** PowerShell scripts as syntax trees, and the lists of words that are checked in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Language, Parser, type Node } from '@vscode/tree-sitter-wasm';

export const FOLDER = resolve(import.meta.dirname, '../../build/machine/windows');
export const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.ps1'));

const wasm = (name: string): string => createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${name}`);
await Parser.init({ locateFile: () => wasm('tree-sitter.wasm') });
const parser = new Parser();
parser.setLanguage(await Language.load(wasm('tree-sitter-powershell.wasm')));

export const sourceOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

export function treeOf(source: string): Node {
  const tree = parser.parse(source);
  if (tree === null) throw new Error('not parsed');
  return tree.rootNode;
}

/** The texts of every node of that type in all scripts. */
export const all = (type: string): string[] =>
  SCRIPTS.flatMap((name) =>
    treeOf(sourceOf(name))
      .descendantsOfType(type)
      .flatMap((node) => (node === null ? [] : [node.text])),
  );

/** The output of `Get-Verb` in Windows PowerShell 5.1. */
export const APPROVED_VERBS: ReadonlySet<string> = new Set(
  `Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset
  Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch Backup Checkpoint Compare Compress Convert
  ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore Save Sync
  Unpublish Update Approve Assert Complete Confirm Deny Disable Enable Install Invoke Register Request Restart Resume Start
  Stop Submit Suspend Uninstall Unregister Wait Debug Measure Ping Repair Resolve Test Trace Connect Disconnect Read Receive
  Send Write Block Grant Protect Revoke Unblock Unprotect Use`.split(/\s+/),
);

/** The output of `Get-Alias` in Windows PowerShell 5.1, and its functions that work as aliases. */
export const ALIASES: ReadonlySet<string> = new Set(
  `% ? ac asnp cat cd cfs chdir clc clear clhy cli clp cls clv cnsn compare copy cp cpi cpp curl cvpa dbp del diff dir dnsn
  ebp echo epal epcsv epsn erase etsn exsn fc fhx fl foreach ft fw gal gbp gc gci gcb gcm gcs gdr ghy gi gin gjb gl gm gmo
  gp gps gpv group gsn gsnp gsv gtz gu gv gwmi h history icm iex ihy ii ipal ipcsv ipmo ipsn irm ise iwmi iwr kill lp ls man
  md measure mi mount move mp mv nal ndr ni nmo npssc nsn nv ogv oh popd ps pushd pwd r rbp rcjb rcsn rd rdr ren ri rjb rm
  rmdir rmo rni rnp rp rsn rsnp rujb rv rvpa rwmi sajb sal saps sasv sbp sc scb select set shcm si sl sleep sls sort sp spjb
  spps spsv start stz sujb sv swmi tee trcm type wget where wjb write help mkdir more oss pause prompt cd.. cd\\ gerr`.split(
    /\s+/,
  ),
);

/**
 * `npm run verify:dist -- <folder> [...]`: the checks of a packed folder, each with its finding. Exits with 1 if one
 * fails.
 */
import { verifyPacked } from './verify.ts';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error(
    'usage: npm run verify:dist -- <unpacked folder> [...]   (dist/packed/linux-unpacked, or where it is installed)',
  );
  process.exitCode = 2;
}
for (const folder of folders) {
  const findings = await verifyPacked(folder);
  console.log(folder);
  for (const { what, found, ok } of findings) console.log(`  ${ok ? 'ok   ' : 'FAULT'}  ${what.padEnd(34)}  ${found}`);
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

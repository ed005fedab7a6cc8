/**
 * Types and lint of the folders given as arguments (`.` stands for everything outside the others), each from one
 * program: the rules use what the compiler has already found out. `npm run test:types` and `npm run test:lint` do the
 * same separately.
 */
import { join } from 'node:path';
import { ESLint } from 'eslint';
import typescript from 'typescript';
import { root } from '../run.ts';

/** Folders with type rules of their own, each by its own tsconfig.json. */
const FOLDERS = ['shared', 'electron', 'renderer'] as const;

/**
 * Read and bound once: the settings of the programs differ only in libraries, and a file's syntax tree does not depend
 * on those.
 */
const sourceFiles = new Map<string, typescript.SourceFile | undefined>();

/** The program of a folder's tsconfig.json, and the errors in that file. */
function programOf(folder: string): { program: typescript.Program; errors: readonly typescript.Diagnostic[] } {
  const config = join(root, folder, 'tsconfig.json');
  const parsed = typescript.getParsedCommandLineOfConfigFile(config, undefined, {
    ...typescript.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  if (parsed === undefined) throw new Error(`${config} cannot be read`);
  const host = typescript.createCompilerHost(parsed.options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...how) => {
    if (!sourceFiles.has(path)) sourceFiles.set(path, read(path, ...how));
    return sourceFiles.get(path);
  };
  return {
    program: typescript.createProgram({ rootNames: parsed.fileNames, options: parsed.options, host }),
    errors: parsed.errors,
  };
}

/** Whether the compiler finds no error in the program. Files of the other folders are checked by their own programs. */
function hasGoodTypes(folder: string, { program, errors }: ReturnType<typeof programOf>): boolean {
  const others = folder === '.' ? FOLDERS.map((other) => `${join(root, other)}/`.replaceAll('\\', '/')) : [];
  const own = program.getSourceFiles().filter(({ fileName }) => !others.some((other) => fileName.startsWith(other)));
  const wrong = typescript.sortAndDeduplicateDiagnostics([
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...own.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
    ...program.getGlobalDiagnostics(),
  ]);
  const words = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  if (wrong.length > 0) console.error(typescript.formatDiagnosticsWithColorAndContext(wrong, words));
  return wrong.length === 0;
}

/** Whether eslint.config.ts finds no error in the folder's own files. */
async function isWellWritten(folder: string, { program }: ReturnType<typeof programOf>): Promise<boolean> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: { languageOptions: { parserOptions: { programs: [program] } } },
    ignorePatterns: folder === '.' ? FOLDERS.map((other) => `${other}/`) : [],
  });
  const results = await eslint.lintFiles([folder]);
  const formatter = await eslint.loadFormatter('stylish');
  const said = await formatter.format(results);
  if (said !== '') console.error(said);
  return results.every(({ errorCount, fatalErrorCount }) => errorCount + fatalErrorCount === 0);
}

for (const folder of process.argv.slice(2)) {
  const one = programOf(folder);
  // One after the other: the compiler goes first, and the rules then use its results.
  const good = hasGoodTypes(folder, one);
  if (!(await isWellWritten(folder, one)) || !good) process.exitCode = 1;
}

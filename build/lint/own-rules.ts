/**
 * Lint rules of our own, as a plugin of the linter. `layers` stands behind build/layers.ts: an import that points up, sideways
 * or to a package that is not the layer's. `named-exports`: a name is the same everywhere.
 */
import { dirname, join, relative, sep } from 'node:path';
import type { Layer } from '../layers.ts';

/** The parts of a syntax node that are read here. */
interface Node {
  readonly source?: { readonly type?: string; readonly value?: unknown } | null;
}

interface Context {
  readonly cwd: string;
  readonly filename: string;
  readonly options: readonly unknown[];
  report(problem: { readonly node: Node; readonly message: string }): void;
}

type Visitors = Readonly<Record<string, (node: Node) => void>>;

const layers = (context: Context): Visitors => {
  const [layer] = context.options as readonly [Layer];
  const fromRoot = (path: string): string => relative(context.cwd, path).split(sep).join('/');
  const from = fromRoot(context.filename);
  const check = (node: Node): void => {
    const source = node.source?.value;
    if (typeof source !== 'string') return;
    const isFile = source.startsWith('.');
    const to = isFile ? fromRoot(join(dirname(context.filename), source)) : source;
    if (isFile ? within(to, layer.mayImport) : isOf(source, layer.packages)) return;
    const allowed = (isFile ? layer.mayImport : layer.packages).join(', ') || 'none';
    const message = isFile
      ? `${from} must not import ${to}: this layer may import only ${allowed} (build/layers.ts).`
      : `${from} must not import the package ${to}: this layer has only ${allowed} (build/layers.ts).`;
    context.report({ node, message });
  };
  return {
    ImportDeclaration: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    // `import('./elsewhere.ts').Type` in a type position.
    TSImportType: check,
    ImportExpression: check,
  };
};

const namedExports = (context: Context): Visitors => ({
  ExportDefaultDeclaration: (node) =>
    context.report({ node, message: 'Named exports only: the name is the same everywhere.' }),
});

const within = (path: string, allowed: readonly string[]): boolean =>
  allowed.some((folder) => path === folder || path.startsWith(`${folder}/`));

const isOf = (source: string, packages: readonly string[]): boolean =>
  packages.some((name) =>
    name === 'node:' ? source.startsWith('node:') : source === name || source.startsWith(`${name}/`),
  );

export default {
  meta: { name: 'own' },
  rules: {
    layers: { meta: { schema: [{ type: 'object' }] }, create: layers },
    'named-exports': { create: namedExports },
  },
};

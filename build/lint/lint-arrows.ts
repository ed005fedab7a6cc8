/** The lint rule behind build/layers.ts: an import that points up, sideways or to a package that is not the layer's. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Rule } from 'eslint';
import type { Layer } from '../layers.ts';

const root = resolve(import.meta.dirname, '../..');

export const importArrows: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'imports follow the arrows of build/layers.ts' },
    schema: [{ type: 'object' }],
    messages: {
      folder: '{{from}} must not import {{to}}: this layer may import only {{allowed}} (build/layers.ts).',
      package: '{{from}} must not import the package {{to}}: this layer has only {{allowed}} (build/layers.ts).',
    },
  },
  create(context) {
    const [layer] = context.options as [Layer];
    const from = fromRoot(context.filename);
    const check = (node: Rule.Node, source: unknown): void => {
      if (typeof source !== 'string') return;
      const to = source.startsWith('.') ? fromRoot(join(dirname(context.filename), source)) : source;
      if (source.startsWith('.') ? within(to, layer.mayImport) : isOf(source, layer.packages)) return;
      const allowed = (source.startsWith('.') ? layer.mayImport : layer.packages).join(', ') || 'none';
      context.report({ node, messageId: source.startsWith('.') ? 'folder' : 'package', data: { from, to, allowed } });
    };
    return {
      ImportDeclaration: (node) => {
        check(node, node.source.value);
      },
      ExportNamedDeclaration: (node) => {
        check(node, node.source?.value);
      },
      ExportAllDeclaration: (node) => {
        check(node, node.source.value);
      },
      // `import('./elsewhere.ts').Type` in a type position, which estree does not know.
      TSImportType: (node: Rule.Node & { readonly source?: { readonly value?: unknown } }) => {
        check(node, node.source?.value);
      },
      ImportExpression: (node) => {
        check(node, node.source.type === 'Literal' ? node.source.value : null);
      },
    };
  },
};

const fromRoot = (path: string): string => relative(root, path).split(sep).join('/');

const within = (path: string, allowed: readonly string[]): boolean =>
  allowed.some((folder) => path === folder || path.startsWith(`${folder}/`));

const isOf = (source: string, packages: readonly string[]): boolean =>
  packages.some((name) =>
    name === 'node:' ? source.startsWith('node:') : source === name || source.startsWith(`${name}/`),
  );

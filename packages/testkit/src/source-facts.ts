import { parseSync, Visitor } from 'vite';
import type { ESTree, VisitorObject } from 'vite';

/** One thing that a source file does, and where. */
export interface Fact {
  readonly line: number;
  readonly what: string;
}

/** What the rules of the architecture want to know of one source file. */
export interface SourceFacts {
  /** Every module it names, as written: imports and re-exports, of types too, `import()` and `new URL(…, import.meta.url)`. */
  readonly imports: readonly Fact[];
  /** `import()` of a name made at run time, which no rule can follow. */
  readonly computedImports: readonly Fact[];
  readonly environmentReads: readonly Fact[];
  readonly heldBackTests: readonly Fact[];
  readonly silencedChecks: readonly Fact[];
  readonly lines: number;
}

type Found = (node: { readonly start: number }, what: string) => void;

const RUNNERS = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const HOLDING_BACK = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
const SILENCERS =
  /\b(?:oxlint|eslint|tslint)-disable|@ts-(?:ignore|nocheck|expect-error)\b|\b(?:oxfmt|prettier)-ignore\b/;

/** The name that an identifier or a string key stands for. */
function nameOf(key: ESTree.Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

function memberName(node: ESTree.Node): string | undefined {
  return node.type === 'MemberExpression' ? nameOf(node.property) : undefined;
}

/** `test` of `test.concurrent.each(rows)`. */
function rootName(node: ESTree.Node): string | undefined {
  if (node.type === 'MemberExpression') return rootName(node.object);
  if (node.type === 'CallExpression') return rootName(node.callee);
  return nameOf(node);
}

/** The text of a string that holds no expression. */
function textOf(node: ESTree.Node | undefined): string | undefined {
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function propertyNames(node: ESTree.Node | undefined | null): string[] {
  if (node?.type !== 'ObjectExpression' && node?.type !== 'ObjectPattern') return [];
  return node.properties.flatMap((property) => (property.type === 'Property' ? (nameOf(property.key) ?? []) : []));
}

function importVisitor(found: Found, computed: Found): VisitorObject {
  return {
    ImportDeclaration: (node) => found(node, node.source.value),
    ExportNamedDeclaration: (node) => node.source !== null && found(node, node.source.value),
    ExportAllDeclaration: (node) => found(node, node.source.value),
    TSImportType: (node) => found(node, node.source.value),
    ImportExpression: (node) => {
      const name = textOf(node.source);
      if (name === undefined) computed(node, 'import()');
      else found(node, name);
    },
    NewExpression: (node) => {
      const [path, base] = node.arguments;
      const name = textOf(path);
      const isBesideThisFile = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty';
      if (nameOf(node.callee) === 'URL' && isBesideThisFile && name !== undefined) found(node, name);
    },
  };
}

/** `process`, and `globalThis.process`. */
const isProcess = (node: ESTree.Node): boolean => nameOf(node) === 'process' || memberName(node) === 'process';

function environmentVisitor(found: Found): VisitorObject {
  return {
    MemberExpression: (node) => {
      if (memberName(node) === 'env' && isProcess(node.object)) found(node, 'process.env');
    },
    VariableDeclarator: (node) => {
      if (node.init !== null && isProcess(node.init) && propertyNames(node.id).includes('env'))
        found(node, 'process.env');
    },
    ImportDeclaration: (node) => {
      if (!/^(?:node:)?process$/.test(node.source.value)) return;
      const names = node.specifiers.map((specifier) =>
        specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : '',
      );
      if (names.includes('env')) found(node, 'process.env');
    },
  };
}

function heldBackVisitor(found: Found): VisitorObject {
  const report = (node: ESTree.Node, name: string | undefined): void => {
    if (name !== undefined && HOLDING_BACK.has(name)) found(node, name);
  };
  return {
    MemberExpression: (node) => {
      if (RUNNERS.has(rootName(node) ?? '')) report(node, memberName(node));
    },
    CallExpression: (node) => {
      const runner = RUNNERS.has(rootName(node.callee) ?? '');
      if (!runner && memberName(node.callee) === 'skip') report(node, 'skip');
      if (!runner) return;
      for (const argument of node.arguments) {
        const isFunction = argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression';
        for (const name of propertyNames(isFunction ? argument.params[0] : argument)) report(argument, name);
      }
    },
  };
}

const NOTHING = { imports: [], computedImports: [], environmentReads: [], heldBackTests: [], silencedChecks: [] };

/** Parses a TypeScript, TSX or JavaScript file, and throws when it is none; of a style sheet it only counts the lines. */
export function sourceFacts(path: string, text: string): SourceFacts {
  const lines = text.replace(/\n$/, '').split('\n').length;
  if (path.endsWith('.css')) return { ...NOTHING, lines };
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path} can't be parsed: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const collect = (visitorFor: (found: Found) => VisitorObject): Fact[] => {
    const facts: Fact[] = [];
    new Visitor(visitorFor((node, what) => facts.push({ line: lineOf(node.start), what }))).visit(program);
    return facts;
  };
  return {
    imports: collect((found) => importVisitor(found, () => {})),
    computedImports: collect((found) => importVisitor(() => {}, found)),
    environmentReads: collect(environmentVisitor),
    heldBackTests: collect(heldBackVisitor),
    silencedChecks: comments.flatMap((comment) => {
      const [what] = SILENCERS.exec(comment.value) ?? [];
      return what === undefined ? [] : [{ line: lineOf(comment.start), what }];
    }),
    lines,
  };
}

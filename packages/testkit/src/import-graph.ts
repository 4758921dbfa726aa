import { posix } from 'node:path';
import { sourceFacts } from './source-facts.ts';
import type { SourceFacts } from './source-facts.ts';

/** One arrow of the graph: `from` imports `to`. */
export interface Arrow {
  readonly from: string;
  /** The path of a file of this project, or the name of a package (`kysely`, `@scope/name`, `node:fs`). */
  readonly to: string;
  readonly line: number;
}

/** The source files of the project by their path from its root (with `/`), and who imports whom. */
export interface ImportGraph {
  readonly facts: ReadonlyMap<string, SourceFacts>;
  readonly arrows: readonly Arrow[];
  readonly arrowsFrom: (path: string) => readonly Arrow[];
}

/** Where a package of this project keeps its sources. */
const SOURCE_FOLDERS: Readonly<Record<string, string>> = { server: 'apps/server/src', web: 'apps/web/src' };
const OWN_PACKAGE = /^@byline\/([^/]+)(?:\/(.+))?$/;
const PACKAGE_NAME = /^(?:node:.+|@[^/]+\/[^/]+|[^/]+)/;

/** What an import of this text in this file means: a path of the project or a package's name. */
function resolveImport(from: string, text: string): string {
  const specifier = text.replace(/[?#].*$/, '');
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const [, name, file = 'index.ts'] = OWN_PACKAGE.exec(specifier) ?? [];
  if (name !== undefined) return `${SOURCE_FOLDERS[name] ?? `packages/${name}/src`}/${file}`;
  return PACKAGE_NAME.exec(specifier)?.[0] ?? specifier;
}

/** @param sources the text of each file by its path from the root */
export function importGraph(sources: ReadonlyMap<string, string>): ImportGraph {
  const facts = new Map([...sources].map(([path, text]) => [path, sourceFacts(path, text)]));
  const arrows = [...facts].flatMap(([from, { imports }]) =>
    imports.map(({ line, what }): Arrow => ({ from, to: resolveImport(from, what), line })),
  );
  const byFile = Map.groupBy(arrows, (arrow) => arrow.from);
  return { facts, arrows, arrowsFrom: (path) => byFile.get(path) ?? [] };
}

/**
 * The shortest chain of arrows from a node to one that is looked for; undefined when none can be reached.
 * The start itself counts only when a circle leads back to it.
 */
export function shortestChain<Node>(
  start: Node,
  next: (node: Node) => Iterable<Node>,
  isSought: (node: Node) => boolean,
): Node[] | undefined {
  const cameFrom = new Map<Node, Node>();
  const queue = [start];
  for (const node of queue) {
    for (const neighbour of next(node)) {
      if (isSought(neighbour)) return [...chainTo(node, start, cameFrom), neighbour];
      if (cameFrom.has(neighbour) || neighbour === start) continue;
      cameFrom.set(neighbour, node);
      queue.push(neighbour);
    }
  }
  return undefined;
}

function chainTo<Node>(node: Node, start: Node, cameFrom: ReadonlyMap<Node, Node>): Node[] {
  const before = cameFrom.get(node);
  return node === start || before === undefined ? [node] : [...chainTo(before, start, cameFrom), node];
}

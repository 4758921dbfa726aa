import { nameOf, type SpecifiedOperation } from './specification.ts';

/** What docs/CONFORMANCE.md may say of an operation. */
const STATES = ['done', 'not applicable without federation', 'not yet'] as const;
type State = (typeof STATES)[number];

/** A row of docs/CONFORMANCE.md. */
export interface ConformanceRow {
  readonly module: string;
  readonly operation: string;
  readonly state: string;
  readonly remark: string;
}

/** What the document says before its tables: how many operations stand where. */
export const countsText = (rows: readonly ConformanceRow[]): string =>
  STATES.map((state) => `${rows.filter((row) => row.state === state).length} ${state}`).join(', ');

/** The rows of the document, each under the heading that it stands under. */
export const readRows = (markdown: string): ConformanceRow[] => {
  const rows: ConformanceRow[] = [];
  let module = '';
  for (const line of markdown.split('\n')) {
    module = /^## (.+)/.exec(line)?.[1] ?? module;
    const [, operation = '', state = '', remark = ''] = ROW.exec(line) ?? [];
    if (operation !== '') rows.push({ module, operation, state, remark });
  }
  return rows;
};

const ROW = /^\| `([A-Z]+ \/[^`]*)`\s*\|\s*([^|]*?)\s*\|\s*([^|]*?)\s*\|$/;

/** What is wrong with the table, one line each; `served` holds the operations that a server answers. */
export const liesOf = (
  rows: readonly ConformanceRow[],
  specified: readonly SpecifiedOperation[],
  served: ReadonlySet<string>,
): string[] => [
  ...missingIn(rows, specified),
  ...rows.flatMap((row) => wrongPlace(row, rows, specified)),
  ...rows.flatMap((row) => untrueState(row, served.has(row.operation) && !isDoneElsewhere(row, rows))),
];

const keyOf = ({ module, operation }: ConformanceRow): string => `${module}: ${operation}`;

const missingIn = (rows: readonly ConformanceRow[], specified: readonly SpecifiedOperation[]): string[] => {
  const written = new Set(rows.map(keyOf));
  return specified
    .map((operation) => `${operation.module}: ${nameOf(operation)}`)
    .filter((key) => !written.has(key))
    .map((key) => `${key} is missing`);
};

const wrongPlace = (
  row: ConformanceRow,
  rows: readonly ConformanceRow[],
  specified: readonly SpecifiedOperation[],
): string[] => {
  const key = keyOf(row);
  const isSpecified = specified.some((operation) => `${operation.module}: ${nameOf(operation)}` === key);
  if (!isSpecified) return [`${key} is not in the specification`];
  return rows.filter((other) => keyOf(other) === key).length > 1 ? [`${key} stands there twice`] : [];
};

/** Whether the answer is another row's: the specification has operations that share their method and path. */
const isDoneElsewhere = (row: ConformanceRow, rows: readonly ConformanceRow[]): boolean =>
  row.state !== 'done' &&
  rows.some((other) => other !== row && other.operation === row.operation && other.state === 'done');

const isState = (state: string): state is State => STATES.some((known) => known === state);

const untrueState = (row: ConformanceRow, isServed: boolean): string[] => {
  if (!isState(row.state)) return [`${keyOf(row)}: nobody knows what "${row.state}" means`];
  if (row.state === 'done' && !isServed) return [`${keyOf(row)} is said to be done, and the server does not know it`];
  if (row.state !== 'done' && isServed) return [`${keyOf(row)} is served, and said to be "${row.state}"`];
  return row.state !== 'done' && row.remark === '' ? [`${keyOf(row)} does not say why`] : [];
};

import { Command, InvalidArgumentError } from 'commander';
import { LocalError } from '../cloudformation/errors.ts';
import { interruption } from './interruption.ts';

interface Options {
  readonly data: string;
  readonly limit?: number;
}

/** `items show`: prints the tables of a data folder and their items, whether or not a twin runs on it. */
export const showCommand = (): Command =>
  new Command('show')
    .description(
      'Prints the items that "items local" keeps, one a line as JSON, also while it runs; without TABLE, the tables.',
    )
    .argument('[table]', 'name of a table, or a unique part of it')
    .argument('[id]', 'value of the partition key: prints that item only')
    .option('--data <folder>', 'folder that keeps the tables', '.items/data')
    .option('--limit <number>', 'print that many items at most', limit)
    .allowExcessArguments(false)
    .action(show);

const show = async (asked: string | undefined, id: string | undefined, { data, limit }: Options): Promise<void> => {
  const signal = interruption();
  const { openDatabase } = await import('./show/database.ts');
  try {
    const database = await openDatabase(data, signal);
    try {
      const { chooseTable, describeTable, tableNames } = await import('../tables/tables.ts');
      const names = await tableNames(database);
      if (asked === undefined) await printTables(database, names, signal);
      else await printItems(database, await describeTable(database, chooseTable(asked, names)), { id, limit, signal });
    } finally {
      await database.close();
    }
  } catch (error) {
    // After an interruption, or if the output is no longer read, errors are not reported.
    if (!signal.aborted) throw error;
  }
};

type Database = import('./show/database.ts').Database;
type Table = import('../tables/tables.ts').Table;

const printTables = async (database: Database, names: readonly string[], signal: AbortSignal): Promise<void> => {
  const [{ describeTable, tableLine }, { countItems }] = await Promise.all([
    import('../tables/tables.ts'),
    import('../tables/items.ts'),
  ]);
  if (names.length === 0) console.error('there are no tables');
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const table = await describeTable(database, name);
    console.log(tableLine(table, await countItems(database, table, signal), width));
  }
};

interface Selection {
  readonly id: string | undefined;
  readonly limit: number | undefined;
  readonly signal: AbortSignal;
}

const printItems = async (database: Database, table: Table, { id, limit, signal }: Selection): Promise<void> => {
  const [{ itemJson }, { readItems }] = await Promise.all([import('../tables/item-json.ts'), import('../tables/items.ts')]);
  // A single item is formatted for people, several for other programs.
  const layout = id !== undefined && table.sortKey === undefined ? 'indented' : 'line';
  let printed = 0;
  for await (const item of readItems(database, table, id)) {
    if (signal.aborted || printed === limit) return;
    console.log(itemJson(item, layout));
    printed += 1;
  }
  if (printed > 0 || id === undefined) return;
  const key = `${table.partitionKey.name} ${JSON.stringify(id)}`;
  throw new LocalError(
    'INVALID_PARAMETER',
    `there is no item with the ${key} in ${table.name}: items show ${table.name} lists them`,
  );
};

function limit(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A limit is a number from 1.');
}

import { isObject, type Json, type JsonObject } from '../../cloudformation/json.ts';
import type { CallFacts } from '../requests/service-calls.ts';
import type { NetworkPath } from './authorize-operation.ts';

/** Collects the facts of one call for observers of the stack. */
export interface FactCollector {
  onAllowed(statements: readonly string[]): void;
  onInput(input: JsonObject): void;
  /** Receives the response of a call that failed. */
  onFailure(output: JsonObject): void;
  facts(): CallFacts;
}

export const collectFacts = (paths: readonly NetworkPath[]): FactCollector => {
  const allowedBy = new Set<string>();
  let known: Pick<CallFacts, 'table' | 'condition'> = {};
  let names: readonly string[] = [];
  let stored: string | undefined;
  return {
    onAllowed: (statements) => {
      for (const statement of statements) allowedBy.add(statement);
    },
    onInput: (input) => {
      const { TableName: table } = input;
      const expression = expressionOf(input);
      names = expression === undefined ? [] : attributesIn(expression, input);
      known = {
        ...(typeof table === 'string' && { table: shortened(table) }),
        ...(expression !== undefined && { condition: conditionText(expression, input) }),
      };
    },
    onFailure: ({ Item: item }) => {
      if (isObject(item)) stored = storedText(names, item);
    },
    facts: () => ({
      via: [...new Set(paths.flatMap(({ via }) => via ?? []))],
      allowedBy: [...allowedBy],
      ...known,
      ...(stored !== undefined && { stored }),
    }),
  };
};

/** Returns a condition with its placeholders replaced by names and values: `attribute_exists(id) AND writeId IN ("a")`. */
export const conditionText = (expression: string, input: JsonObject): string => {
  const names = membersOf(input.ExpressionAttributeNames);
  const values = membersOf(input.ExpressionAttributeValues);
  const text = expression.replace(/[#:]\w+/g, (placeholder) => {
    const name = names[placeholder];
    if (name !== undefined) return String(name);
    const value = values[placeholder];
    return value === undefined ? placeholder : valueText(value);
  });
  return shortened(text);
};

const expressionOf = ({ ConditionExpression: condition, KeyConditionExpression: key }: JsonObject): string | undefined => {
  const expression = condition ?? key;
  return typeof expression === 'string' ? expression : undefined;
};

/** Returns the top-level attributes that a condition names. */
const attributesIn = (expression: string, input: JsonObject): readonly string[] => {
  const names = membersOf(input.ExpressionAttributeNames);
  const words = expression.match(/(?<![\w.:#])#?[A-Za-z_]\w*/g) ?? [];
  return [...new Set(words.map((word) => String(names[word] ?? word)))].slice(0, mostAttributes);
};

const storedText = (names: readonly string[], item: JsonObject): string => {
  const parts = names.flatMap((name) => {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    return value === undefined ? [] : [`${name} = ${valueText(value)}`];
  });
  return shortened(parts.join(', '));
};

/** Returns the text of a value in DynamoDB's JSON: numbers unchanged, strings in quotes, other types as JSON. */
const valueText = (value: Json): string => {
  if (!isObject(value)) return shortened(JSON.stringify(value), mostValueCharacters);
  const { S: text, N: number } = value;
  if (typeof number === 'string') return shortened(number, mostValueCharacters);
  const content = typeof text === 'string' ? text.slice(0, mostValueCharacters + 1) : Object.values(value)[0];
  return shortened(JSON.stringify(content) ?? '', mostValueCharacters);
};

const membersOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const shortened = (text: string, most = mostCharacters): string => (text.length <= most ? text : `${text.slice(0, most)}…`);

const mostCharacters = 1000;
const mostValueCharacters = 200;
const mostAttributes = 20;

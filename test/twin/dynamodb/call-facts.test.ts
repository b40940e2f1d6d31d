import { describe, expect, it } from 'vitest';
import { collectFacts, conditionText } from '../../../src/twin/dynamodb/call-facts.ts';

describe('a condition', () => {
  it('has names and values in place', () => {
    const input = {
      ExpressionAttributeNames: { '#a': 'a b', '#ab': 'c' },
      ExpressionAttributeValues: {
        ':a': { S: 'it "is"' },
        ':n': { N: '12345678901234567890' },
        ':l': { L: [{ NULL: true }] },
      },
    };
    expect(conditionText('#a = :a AND #ab IN (:n, :l, :missing)', input)).toBe(
      'a b = "it \\"is\\"" AND c IN (12345678901234567890, [{"NULL":true}], :missing)',
    );
  });

  it('is short, whatever is in it', () => {
    const long = { ':a': { S: 'a'.repeat(300_000) } };
    expect(conditionText('a = :a', { ExpressionAttributeValues: long }).length).toBeLessThan(220);
    expect(conditionText(`a = :a${' OR a = :a'.repeat(100)}`, { ExpressionAttributeValues: long })).toHaveLength(1001);
  });
});

describe('the facts of a call', () => {
  it('are its paths, statements and table, each once', () => {
    const collector = collectFacts([{ via: 'the gateway endpoint vpce-1' }, { via: 'the gateway endpoint vpce-1' }, {}]);
    collector.onAllowed(['statement 1', 'statement 2']);
    collector.onAllowed(['statement 1']);
    collector.onInput({ TableName: 'items', Key: { id: { S: 'a' } } });
    expect(collector.facts()).toEqual({
      via: ['the gateway endpoint vpce-1'],
      allowedBy: ['statement 1', 'statement 2'],
      table: 'items',
    });
  });

  it('are the condition, and what the item has if that failed', () => {
    const collector = collectFacts([]);
    collector.onInput({
      TableName: 'items',
      ConditionExpression: 'attribute_exists(id) AND #w IN (:w)',
      ExpressionAttributeNames: { '#w': 'writeId' },
      ExpressionAttributeValues: { ':w': { S: 'old' } },
    });
    collector.onFailure({ Item: { id: { S: 'lamp' }, writeId: { S: 'new' }, secret: { S: 'not in the condition' } } });
    expect(collector.facts()).toMatchObject({
      condition: 'attribute_exists(id) AND writeId IN ("old")',
      stored: 'id = "lamp", writeId = "new"',
    });
  });

  it('are a key condition', () => {
    const collector = collectFacts([]);
    collector.onInput({ KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { N: '7' } } });
    expect(collector.facts()).toMatchObject({ condition: 'id = 7' });
  });
});

import { describe, expect, it } from 'vitest';
import { LocalError } from '../../../src/cloudformation/errors.ts';
import { located } from '../../../src/cloudformation/template/located.ts';

const text = 'Parameters:\n  Size: { Type: Number }\nResources:\n  Table:\n    Type: AWS::DynamoDB::Table\n';

describe('located', () => {
  it('puts the line in front of each resource and parameter that a message begins with', () => {
    const error = new LocalError(
      'INVALID_PROPERTY',
      'Table (AWS::DynamoDB::Table): property A\nparameter Size: "x"\nOutputs.Table: no line',
    );
    expect(located(error, text)).toMatchObject({
      code: 'INVALID_PROPERTY',
      message: 'line 4: Table (AWS::DynamoDB::Table): property A\nline 2: parameter Size: "x"\nOutputs.Table: no line',
      cause: error,
    });
  });

  it('leaves everything else as it is', () => {
    for (const error of [new Error('Table (AWS::X): a fault of ours'), new LocalError('PORT_TAKEN', 'port 1')])
      expect(located(error, text)).toBe(error);
    const unknown = new LocalError('INVALID_PROPERTY', 'Queue (AWS::SQS::Queue): made by a loop');
    expect(located(unknown, text)).toMatchObject({ message: unknown.message });
  });
});

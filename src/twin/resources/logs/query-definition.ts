import { uuid } from '../../../cloudformation/names.ts';
import { list, object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

/**
 * A query of CloudWatch Logs Insights. The twin does not run it, and does not verify that its log groups exist: the documentation
 * of PutQueryDefinition mentions no such check.
 */
export const logsQueryDefinition: ResourceType = {
  type: 'AWS::Logs::QueryDefinition',
  schema: object(
    {
      LogGroupNames: list({ type: 'string', pattern: '^[\\.\\-_/#A-Za-z0-9]{1,512}$' }),
      Name: { type: 'string', minLength: 1, maxLength: 255 },
      Parameters: list(
        object(
          {
            DefaultValue: { type: 'string', maxLength: 1024 },
            Description: { type: 'string', maxLength: 512 },
            Name: { type: 'string', maxLength: 128, pattern: '^[a-zA-Z_]\\w*$' },
          },
          ['Name'],
        ),
        { maxItems: 20 },
      ),
      QueryLanguage: { enum: ['CWLI', 'SQL', 'PPL'] },
      QueryString: { type: 'string', minLength: 1, maxLength: 10_000 },
    },
    ['Name', 'QueryString'],
  ),
  start: (_properties, context) => {
    const id = uuid(context);
    return { ref: id, attributes: { QueryDefinitionId: id } };
  },
};

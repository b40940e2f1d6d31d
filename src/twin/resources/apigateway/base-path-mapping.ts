import { invalidProperty } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly BasePath?: string;
  readonly DomainName: string;
  readonly RestApiId: string;
  readonly Stage?: string;
};

/** Maps a custom domain name to a stage. The twin verifies that both exist. It does not resolve the name. */
export const apiGatewayBasePathMapping: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::BasePathMapping',
  schema: object(
    {
      BasePath: { type: 'string', pattern: "^[\\w.~!$&'()*+,;=:@%/-]*$" },
      DomainName: string,
      RestApiId: string,
      Stage: string,
    },
    ['DomainName', 'RestApiId'],
  ),
  // On AWS, the stages exist by the time the domain name is ready.
  createdAfter: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
  start: ({ BasePath: basePath = '', DomainName: domainName, RestApiId: apiId, Stage: stage }, context) => {
    const { gateway } = context.services;
    if (!gateway.domainNames.has(domainName))
      throw invalidProperty('DomainName', `is ${domainName}, which this template does not declare; refer to it with !Ref`);
    gateway.restApi(apiId);
    if (stage !== undefined && !gateway.hasStage(apiId, stage)) {
      const problem = `is ${stage}. Invalid stage identifier specified; refer to the stage with !Ref`;
      // Error message as recorded from CreateBasePathMapping.
      throw invalidProperty('Stage', problem);
    }
    return { ref: `${domainName}|${basePath === '' ? '(none)' : basePath}` };
  },
};

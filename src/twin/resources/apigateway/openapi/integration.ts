import { checkSchema } from '../../../../cloudformation/check-schema.ts';
import { LocalError } from '../../../../cloudformation/errors.ts';
import { isObject, type JsonObject } from '../../../../cloudformation/json.ts';
import { unsupportedProperty } from '../../../../cloudformation/properties.ts';
import type { IntegrationConfiguration } from '../../../gateway/configuration.ts';
import { type Integration, integrationOf, integrationSchema } from '../integration.ts';
import { bodyFault, child } from './document.ts';

/** Reads `x-amazon-apigateway-integration` of an operation. Validates it against the schema of the Integration of a method. */
export const importIntegration = (operation: JsonObject, place: string): IntegrationConfiguration | undefined => {
  const given = operation[extension];
  if (!isObject(given)) return undefined;
  const { value, faults } = checkSchema(propertiesOf(given), integrationSchema);
  const [fault] = faults;
  if (fault !== undefined) {
    const at = `Body.${place}.${extension}: ${fault.path.join('.')}`;
    throw fault.kind === 'unsupported'
      ? unsupportedProperty(at, fault.message)
      : bodyFault(`${place}.${extension}`, `${fault.path.join('.')} ${fault.message}`);
  }
  try {
    return integrationOf(value as Integration);
  } catch (error) {
    if (error instanceof LocalError) throw new LocalError(error.code, `Body.${place}: ${error.message}`, { cause: error });
    throw error;
  }
};

const extension = 'x-amazon-apigateway-integration';

/** Returns the integration in the form of a method's Integration property. */
const propertiesOf = (given: JsonObject): JsonObject => {
  const { type, httpMethod, passthroughBehavior, responses: _, contentHandling, ...others } = given;
  const responses = Object.entries(child(given, 'responses')).map(([pattern, response]) => ({
    ...(pattern !== 'default' && { SelectionPattern: pattern }),
    ...capitalized(isObject(response) ? response : {}),
  }));
  return {
    ...capitalized(others),
    ...(type !== undefined && { Type: String(type).toUpperCase() }),
    ...(httpMethod !== undefined && { IntegrationHttpMethod: String(httpMethod).toUpperCase() }),
    ...(passthroughBehavior !== undefined && { PassthroughBehavior: String(passthroughBehavior).toUpperCase() }),
    ...(contentHandling !== undefined && { ContentHandling: String(contentHandling).toUpperCase() }),
    ...(responses.length > 0 && { IntegrationResponses: responses }),
  };
};

const capitalized = (values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]));

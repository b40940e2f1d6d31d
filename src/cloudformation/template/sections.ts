/** Sections of named declarations, with CloudFormation's quota of each. */
export const sections = { Parameters: 200, Mappings: 200, Conditions: 500, Rules: 200, Resources: 500, Outputs: 200 };

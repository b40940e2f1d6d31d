import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';
import type { Schema } from '../../../../cloudformation/schema.ts';

/** The TLS settings that REST APIs and custom domain names share. */
export interface TlsSettings {
  readonly SecurityPolicy?: string;
  readonly EndpointAccessMode?: string;
  readonly EndpointConfiguration?: { readonly Types?: readonly string[] };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html, and those that only the
 * service's API model lists: `SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09` and the two with Ext2.
 */
const securityPolicies = [
  'TLS_1_0',
  'TLS_1_2',
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_2025_EDGE',
  'SecurityPolicy_TLS12_PFS_2025_EDGE',
  'SecurityPolicy_TLS12_2018_EDGE',
];

export const tlsProperties: Readonly<Record<'EndpointAccessMode' | 'SecurityPolicy', Schema>> = {
  EndpointAccessMode: { enum: ['BASIC', 'STRICT'] },
  SecurityPolicy: { enum: securityPolicies },
};

/**
 * Returns the faults that API Gateway rejects: an enhanced policy (`SecurityPolicy_…`) without an access mode, an access mode
 * without an enhanced policy, and a policy for another endpoint type. `defaults` are those of the resource type.
 */
export const tlsFaults = (
  { SecurityPolicy, EndpointAccessMode: mode, EndpointConfiguration: endpoint }: TlsSettings,
  defaults: { readonly policy: string; readonly endpointType: string; readonly edgeHasTls12?: true },
): LocalError[] => {
  const policy = SecurityPolicy ?? defaults.policy;
  const type = endpoint?.Types?.[0] ?? defaults.endpointType;
  return [...modeFaults(policy, mode), ...endpointFaults(policy, type, defaults.edgeHasTls12 ?? false)];
};

const modeFaults = (policy: string, mode: string | undefined): LocalError[] => {
  const isEnhanced = policy.startsWith('SecurityPolicy_');
  if (isEnhanced && mode === undefined) {
    const problem = `is missing, which the SecurityPolicy ${policy} needs; set STRICT or BASIC`;
    return [invalidProperty('EndpointAccessMode', problem)];
  }
  if (isEnhanced || mode === undefined) return [];
  // Error message as recorded from CreateRestApi.
  const problem = `is ${mode}. Endpoint access mode is not supported for this security policy (${policy}); remove it, or choose a SecurityPolicy_…`;
  return [invalidProperty('EndpointAccessMode', problem)];
};

const endpointFaults = (policy: string, type: string, edgeHasTls12: boolean): LocalError[] => {
  const fitting = securityPolicies.filter((name) => isFor(name, type) || (name === 'TLS_1_2' && edgeHasTls12));
  if (fitting.includes(policy)) return [];
  const problem = `is ${policy}, which is not for endpoints of the type ${type}; choose one of ${fitting.join(', ')}`;
  return [invalidProperty('SecurityPolicy', problem)];
};

/** Returns true if the policy is for the endpoint type. TLS_1_2 is not for edge-optimized APIs, but for such domain names. */
const isFor = (policy: string, type: string): boolean =>
  policy === 'TLS_1_0' || (policy === 'TLS_1_2' ? type !== 'EDGE' : policy.endsWith('_EDGE') === (type === 'EDGE'));

/** AWS WAF in the twin: it filters no requests and stores only the ARNs of web ACLs. */
export interface Waf {
  readonly webAcls: Set<string>;
}

export const createWaf = (): Waf => ({ webAcls: new Set() });

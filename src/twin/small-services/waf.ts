/** AWS WAF as the twin needs it: no request is filtered, so it keeps the ARNs of web ACLs only. */
export interface Waf {
  readonly webAcls: Set<string>;
}

export const createWaf = (): Waf => ({ webAcls: new Set() });

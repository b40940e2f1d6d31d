import type { RestApi } from '../../../gateway/rest-api.ts';

/** Target of the import of an OpenAPI document. */
export interface ImportTarget {
  readonly restApi: RestApi;
  readonly apiId: string;
  /** An id of API Gateway's for a part of the document. */
  idOf(part: string): string;
}

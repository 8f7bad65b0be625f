/** A JSON schema as Kubernetes' definitions and CRDs write it. */
export interface Schema {
  type?: string | readonly string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | Schema;
  required?: string[];
  [keyword: string]: unknown;
}

/** Amazon API Gateway (REST APIs) in the twin. */
export interface Gateway {
  stop(): Promise<void>;
}

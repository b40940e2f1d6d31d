// "npm run synth" writes this file from openapi.yaml with openapi-typescript: change src/openapi, not this file.

export interface paths {
    "/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists items page by page, in no particular order
         * @description Follow `nextCursor` until a page has none. An item that exists throughout is on exactly one page. Items that are created or deleted meanwhile may be on one, or not.
         */
        get: operations["listItems"];
        put?: never;
        /**
         * Creates an item under an id of its own or the one in the body
         * @description The item gets an id: the one in the body, or a new UUID. A create never replaces an item that exists. Send an `Idempotency-Key` and repeat a request that got no response or 503: it creates one item, however often it is sent.
         */
        post: operations["createItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Returns an item
         * @description Reads are consistent: after a write is acknowledged, every read returns it. With `If-None-Match` an item that the client has already is not sent again.
         */
        get: operations["getItem"];
        /**
         * Replaces the attributes of an item
         * @description All attributes of the item are replaced by those in the body; the names that belong to the server are ignored, so what GET returned can be sent back. Send the entity tag that was read in `If-Match`: then no change of another client is lost. Without it the last write wins.
         */
        put: operations["updateItem"];
        post?: never;
        /**
         * Deletes an item
         * @description Send the entity tag that was read in `If-Match` to delete the item only if nobody has changed it.
         */
        delete: operations["deleteItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An item: four attributes of the server, and whatever the client has given it. */
        Item: {
            /** @description Names the item in its path: 1 to 128 characters from A-Z a-z 0-9 . _ ~ - other than "." and "..". */
            id: string;
            /** @description Counts the writes of the item, for people. Conditions use the entity tag. */
            version: number;
            /**
             * Format: date-time
             * @description When the item was created, in UTC.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the item was last written, in UTC.
             */
            updatedAt: string;
        } & {
            [key: string]: components["schemas"]["AttributeValue"];
        };
        /** @description The attributes of a new item, at most 400 KB, attribute names included, with at most 50,000 values. `version`, `createdAt` and `updatedAt` are ignored. */
        NewItem: {
            /** @description The id, if the client chooses it: 1 to 128 characters from A-Z a-z 0-9 . _ ~ - other than "." and "..". */
            id?: string;
        } & {
            [key: string]: components["schemas"]["AttributeValue"];
        };
        /** @description All attributes of the item from now on, at most 400 KB, attribute names included, with at most 50,000 values. `version`, `createdAt` and `updatedAt` are ignored. */
        ItemReplacement: {
            /** @description The id, if it is sent: as in the path. */
            id?: string;
        } & {
            [key: string]: components["schemas"]["AttributeValue"];
        };
        /** @description A page of a list. */
        ItemPage: {
            items: components["schemas"]["Item"][];
            /** @description The `cursor` of the next page; the last page has none. */
            nextCursor?: string;
        };
        /** @description Any JSON value. Numbers are kept exactly, with at most 38 significant digits between 1E-130 and 9.99E+125. JavaScript and other languages whose numbers are doubles round integers beyond 2^53 and long fractions when they parse JSON: send such numbers as strings, or use a parser that keeps them. Objects and arrays nest in 30 levels. */
        AttributeValue: string | number | boolean | null | unknown[] | {
            [key: string]: components["schemas"]["AttributeValue"];
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * Format: uri
             * @description The kind of problem, for programs. It ends in the slug.
             */
            type: string;
            /** @description The kind of problem, for people. */
            title?: string;
            /** @description The status of the response. */
            status?: number;
            /** @description What is wrong with this request, and how to correct it. */
            detail: string;
            /**
             * Format: uri
             * @description The request id as a URI.
             */
            instance: string;
            /** @description The id of the request in the logs, as in x-amzn-RequestId. */
            requestId: string;
        };
    };
    responses: {
        /** @description Unauthorized. `unauthorized`: The request is not authenticated. */
        Unauthorized: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:unauthorized" | "urn:items-api:problem:client-error";
                    /** @constant */
                    status?: 401;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden. `access-denied`: The caller is not allowed to do this. `expired-token`: The token has expired. `invalid-api-key`: The API key is missing or not valid. `invalid-signature`: The signature is not valid. `missing-authentication-token`: There is no such route, or the request is not signed. `blocked-by-waf`: AWS WAF blocked the request. */
        Forbidden: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:access-denied" | "urn:items-api:problem:expired-token" | "urn:items-api:problem:invalid-api-key" | "urn:items-api:problem:invalid-signature" | "urn:items-api:problem:missing-authentication-token" | "urn:items-api:problem:blocked-by-waf" | "urn:items-api:problem:client-error";
                    /** @constant */
                    status?: 403;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests. `too-many-requests`: Too many requests. `quota-exceeded`: The quota is used up. */
        TooManyRequests: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:too-many-requests" | "urn:items-api:problem:quota-exceeded" | "urn:items-api:problem:client-error";
                    /** @constant */
                    status?: 429;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Other Client Error. `client-error`: The gateway rejected the request. */
        OtherClientError: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:client-error";
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Internal Server Error. `internal-error`: Internal error. `api-configuration-error`: The API is not configured correctly. `authorizer-configuration-error`: The authorizer is not configured correctly. `authorizer-failure`: The authorizer failed. */
        InternalServerError: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:internal-error" | "urn:items-api:problem:api-configuration-error" | "urn:items-api:problem:authorizer-configuration-error" | "urn:items-api:problem:authorizer-failure" | "urn:items-api:problem:server-error";
                    /** @constant */
                    status?: 500;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable. `store-unavailable`: The store is not available. */
        ServiceUnavailable: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:store-unavailable" | "urn:items-api:problem:server-error";
                    /** @constant */
                    status?: 503;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Gateway Timeout. `integration-failure`: The function could not be invoked. `timeout`: The request took too long. */
        GatewayTimeout: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:integration-failure" | "urn:items-api:problem:timeout" | "urn:items-api:problem:server-error";
                    /** @constant */
                    status?: 504;
                } & components["schemas"]["Problem"];
            };
        };
        /** @description Other Server Error. `server-error`: The gateway failed. */
        OtherServerError: {
            headers: {
                "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {string} */
                    type?: "urn:items-api:problem:server-error";
                } & components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of the item. Only this spelling is accepted: no percent-encoding, no slash at the end.
         * @example lamp
         */
        id: string;
        /**
         * @description The most items of the page. A page can have fewer, also when more pages follow.
         * @example 25
         */
        limit: number;
        /** @description The `nextCursor` of the page before, unchanged. The first page has none. */
        cursor: string;
        /**
         * @description Does nothing unless the item has one of these entity tags (strong comparison): otherwise 412. `*` stands for any item. At most 50 tags.
         * @example "Tq3xZt0mR2uX5cP8aVw1nA"
         */
        "If-Match": string;
        /**
         * @description Does nothing if the item has one of these entity tags (weak comparison): 304 for GET, otherwise 412. At most 50 tags.
         * @example "Tq3xZt0mR2uX5cP8aVw1nA"
         */
        "If-None-Match": string;
        /**
         * @description Makes it safe to send the same request again: a repetition with the same key and body returns the first response, with `Idempotency-Replayed: true`, as long as the item exists. A key belongs to the caller that sent it. Use a new UUID for each new item.
         * @example 7b0c6f9e-2a63-4c0e-9a54-0d0f6f3b1e52
         */
        "Idempotency-Key": string;
        /**
         * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
         * @example checkout-4711
         */
        "X-Correlation-Id": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The entity tag of the item. It changes with every write and never comes back for other content.
         * @example "Tq3xZt0mR2uX5cP8aVw1nA"
         */
        ETag: string;
        /**
         * @description The path of the new item, stage included.
         * @example /v1/items/lamp
         */
        Location: string;
        /**
         * @description Present if an earlier request with the same Idempotency-Key created the item.
         * @example true
         */
        "Idempotency-Replayed": "true";
        /**
         * @description Seconds to wait before the request is repeated.
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description The id of the request at API Gateway, which its logs have. Quote it in a report.
         * @example 4f6a1f0e-58b1-4a58-9d1c-2f8f2d6f3a55
         */
        "x-amzn-RequestId": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listItems: {
        parameters: {
            query?: {
                /**
                 * @description The most items of the page. A page can have fewer, also when more pages follow.
                 * @example 25
                 */
                limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, unchanged. The first page has none. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: {
                /**
                 * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
                 * @example checkout-4711
                 */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of items. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemPage"];
                };
            };
            /** @description Bad Request. `invalid-parameter`: A header or query parameter is not valid. `invalid-request-parameters`: A required header or parameter is missing. */
            400: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:invalid-parameter" | "urn:items-api:problem:invalid-request-parameters" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found. `path-not-found`: There is no such path. `resource-not-found`: There is no such resource. */
            404: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:path-not-found" | "urn:items-api:problem:resource-not-found" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large. `request-too-large`: The request is larger than the gateway takes. */
            413: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:request-too-large" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. `unsupported-content-type`: The gateway cannot read the body. */
            415: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:unsupported-content-type" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            "4XX": components["responses"]["OtherClientError"];
            "5XX": components["responses"]["OtherServerError"];
        };
    };
    createItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the same request again: a repetition with the same key and body returns the first response, with `Idempotency-Replayed: true`, as long as the item exists. A key belongs to the caller that sent it. Use a new UUID for each new item.
                 * @example 7b0c6f9e-2a63-4c0e-9a54-0d0f6f3b1e52
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
                 * @example checkout-4711
                 */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The new item. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewItem"];
            };
        };
        responses: {
            /** @description The new item. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description Bad Request. `invalid-json`: The body is not valid JSON. `invalid-item`: The body is not a valid item. `invalid-parameter`: A header or query parameter is not valid. `invalid-body`: The body is not a JSON object. `invalid-request-parameters`: A required header or parameter is missing. */
            400: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:invalid-json" | "urn:items-api:problem:invalid-item" | "urn:items-api:problem:invalid-parameter" | "urn:items-api:problem:invalid-body" | "urn:items-api:problem:invalid-request-parameters" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found. `path-not-found`: There is no such path. `resource-not-found`: There is no such resource. */
            404: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:path-not-found" | "urn:items-api:problem:resource-not-found" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Conflict. `id-taken`: There is an item with this id already. */
            409: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:id-taken" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 409;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large. `item-too-large`: The item is too large. `request-too-large`: The request is larger than the gateway takes. */
            413: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:item-too-large" | "urn:items-api:problem:request-too-large" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. `unsupported-media-type`: The body is not JSON. `unsupported-content-type`: The gateway cannot read the body. */
            415: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:unsupported-media-type" | "urn:items-api:problem:unsupported-content-type" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity. `idempotency-key-reused`: The Idempotency-Key was used with another body. */
            422: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:idempotency-key-reused" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            "4XX": components["responses"]["OtherClientError"];
            "5XX": components["responses"]["OtherServerError"];
        };
    };
    getItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Does nothing unless the item has one of these entity tags (strong comparison): otherwise 412. `*` stands for any item. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
                /**
                 * @description Does nothing if the item has one of these entity tags (weak comparison): 304 for GET, otherwise 412. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /**
                 * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
                 * @example checkout-4711
                 */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description The id of the item. Only this spelling is accepted: no percent-encoding, no slash at the end.
                 * @example lamp
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The client has the item: If-None-Match names its entity tag. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. `invalid-parameter`: A header or query parameter is not valid. `invalid-request-parameters`: A required header or parameter is missing. */
            400: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:invalid-parameter" | "urn:items-api:problem:invalid-request-parameters" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found. `item-not-found`: There is no such item. `resource-not-found`: There is no such resource. */
            404: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:item-not-found" | "urn:items-api:problem:resource-not-found" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. `precondition-failed`: The item is not at the version that the request asks for. */
            412: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:precondition-failed" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 412;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large. `request-too-large`: The request is larger than the gateway takes. */
            413: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:request-too-large" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. `unsupported-content-type`: The gateway cannot read the body. */
            415: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:unsupported-content-type" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            "4XX": components["responses"]["OtherClientError"];
            "5XX": components["responses"]["OtherServerError"];
        };
    };
    updateItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Does nothing unless the item has one of these entity tags (strong comparison): otherwise 412. `*` stands for any item. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
                /**
                 * @description Does nothing if the item has one of these entity tags (weak comparison): 304 for GET, otherwise 412. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /**
                 * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
                 * @example checkout-4711
                 */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description The id of the item. Only this spelling is accepted: no percent-encoding, no slash at the end.
                 * @example lamp
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        /** @description The attributes of the item. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemReplacement"];
            };
        };
        responses: {
            /** @description The item as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description Bad Request. `invalid-json`: The body is not valid JSON. `invalid-item`: The body is not a valid item. `invalid-parameter`: A header or query parameter is not valid. `invalid-body`: The body is not a JSON object. `invalid-request-parameters`: A required header or parameter is missing. */
            400: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:invalid-json" | "urn:items-api:problem:invalid-item" | "urn:items-api:problem:invalid-parameter" | "urn:items-api:problem:invalid-body" | "urn:items-api:problem:invalid-request-parameters" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found. `item-not-found`: There is no such item. `resource-not-found`: There is no such resource. */
            404: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:item-not-found" | "urn:items-api:problem:resource-not-found" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. `precondition-failed`: The item is not at the version that the request asks for. */
            412: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:precondition-failed" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 412;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large. `item-too-large`: The item is too large. `request-too-large`: The request is larger than the gateway takes. */
            413: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:item-too-large" | "urn:items-api:problem:request-too-large" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. `unsupported-media-type`: The body is not JSON. `unsupported-content-type`: The gateway cannot read the body. */
            415: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:unsupported-media-type" | "urn:items-api:problem:unsupported-content-type" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            "4XX": components["responses"]["OtherClientError"];
            "5XX": components["responses"]["OtherServerError"];
        };
    };
    deleteItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Does nothing unless the item has one of these entity tags (strong comparison): otherwise 412. `*` stands for any item. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
                /**
                 * @description Does nothing if the item has one of these entity tags (weak comparison): 304 for GET, otherwise 412. At most 50 tags.
                 * @example "Tq3xZt0mR2uX5cP8aVw1nA"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /**
                 * @description An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.
                 * @example checkout-4711
                 */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description The id of the item. Only this spelling is accepted: no percent-encoding, no slash at the end.
                 * @example lamp
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item is deleted. */
            204: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request. `invalid-parameter`: A header or query parameter is not valid. `invalid-request-parameters`: A required header or parameter is missing. */
            400: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:invalid-parameter" | "urn:items-api:problem:invalid-request-parameters" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found. `item-not-found`: There is no such item. `resource-not-found`: There is no such resource. */
            404: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:item-not-found" | "urn:items-api:problem:resource-not-found" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed. `precondition-failed`: The item is not at the version that the request asks for. */
            412: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:precondition-failed" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 412;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large. `request-too-large`: The request is larger than the gateway takes. */
            413: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:request-too-large" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type. `unsupported-content-type`: The gateway cannot read the body. */
            415: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["x-amzn-RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {string} */
                        type?: "urn:items-api:problem:unsupported-content-type" | "urn:items-api:problem:client-error";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            "4XX": components["responses"]["OtherClientError"];
            "5XX": components["responses"]["OtherServerError"];
        };
    };
}

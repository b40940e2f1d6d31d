import { idPattern, idRule, itemLimits, itemRule, numberRule, serverOwnedAttributes } from '../../contract/item.ts';
import {
  correlationIdPattern,
  entityTagLimit,
  entityTagsPattern,
  entityTagsRule,
  idempotencyKeyPattern,
  idempotencyKeyRule,
  pageSize,
} from '../../contract/parameters.ts';
import { type Problem, problemPrefix, problems } from '../../contract/problems.ts';
import { responseHeaders } from '../../contract/responses.ts';

/** A constant of the contract that the functions need. */
export interface Constant {
  /** In camelCase. */
  readonly name: string;
  readonly comment: string;
  readonly value: ConstantValue;
}

/** A value that both languages can write. A pattern has the same meaning in both. */
export type ConstantValue = number | string | RegExp | readonly string[] | ReadonlyMap<string, readonly (number | string)[]>;

/** The constants of the contract that the functions need, for both languages. */
export const constants: readonly Constant[] = [
  { name: 'itemLimit', comment: 'The most bytes that an item can have in DynamoDB.', value: itemLimits.bytes },
  {
    name: 'valueLimit',
    comment:
      'The most values that an item can have, those in lists and maps included, and that are read of a page. An item of 400 KB could have eight times as many, and take that much longer to read and write.',
    value: itemLimits.values,
  },
  {
    name: 'levelLimit',
    comment: 'DynamoDB has 32 levels; the attribute `attributes` is the first, and the last one can hold no list or map.',
    value: itemLimits.levels,
  },
  { name: 'itemRule', comment: 'Describes how large an item can be.', value: itemRule },
  { name: 'numberRule', comment: 'Describes which numbers DynamoDB keeps.', value: numberRule },
  {
    name: 'idPattern',
    comment:
      'Unreserved characters of RFC 3986, so that an id has one spelling in a URL. A URL with the segment `.` or `..` names another path.',
    value: new RegExp(idPattern),
  },
  { name: 'idRule', comment: 'Describes the ids that the pattern accepts.', value: idRule },
  { name: 'serverOwned', comment: 'The attributes that belong to the server.', value: serverOwnedAttributes },
  { name: 'defaultPageSize', comment: 'Items of a page, unless the request says otherwise.', value: pageSize.standard },
  { name: 'pageSizeLimit', comment: 'The most items of a page.', value: pageSize.most },
  {
    name: 'entityTagLimit',
    comment:
      'The most entity tags in one header: DynamoDB takes 100 operands of IN and 4 KB of expression, for both headers together.',
    value: entityTagLimit,
  },
  {
    name: 'entityTagsPattern',
    comment: 'Entity tags as RFC 9110 writes them (8.8.3, 5.6.1), or `*`.',
    value: new RegExp(entityTagsPattern),
  },
  { name: 'entityTagsRule', comment: 'Describes what that pattern accepts.', value: entityTagsRule },
  {
    name: 'idempotencyKeyPattern',
    comment: 'Visible ASCII characters, which is what a header can hold without an encoding.',
    value: new RegExp(idempotencyKeyPattern),
  },
  { name: 'idempotencyKeyRule', comment: 'Describes what that pattern accepts.', value: idempotencyKeyRule },
  {
    name: 'correlationIdPattern',
    comment: 'Characters that cannot forge a line of a log.',
    value: new RegExp(correlationIdPattern),
  },
  {
    name: 'exposedHeaders',
    comment: 'The headers of responses that pages of other origins may read.',
    value: Object.keys(responseHeaders),
  },
  {
    name: 'retryAfter',
    comment: 'Seconds to wait before a request is repeated that got 503.',
    value: problems['store-unavailable'].retryAfter,
  },
  { name: 'problemPrefix', comment: 'The start of the type of every problem; its slug follows.', value: problemPrefix },
  {
    name: 'problems',
    comment: 'Status and title of each problem that functions raise, by slug.',
    value: new Map(
      Object.entries<Problem>(problems).flatMap(([slug, { status, title, gatewayResponse }]) =>
        status === undefined || gatewayResponse !== undefined ? [] : [[slug, [status, title]] as const],
      ),
    ),
  },
];

import { operations } from '../contract/operations.ts';
import { amount, arithmetic, type Charge, priceText, quantity, total, totalBeyondFree, withUnit } from './charge.ts';
import { type Example, examples } from './example-cost.ts';
import { choices } from './idle-cost.ts';
import { table } from './markdown.ts';
import { type Price, prices, pricesAsOf, type Service, services } from './prices.ts';
import { rejectedCharges, requestCharges, webAclCharges } from './request-cost.ts';
import { costliest, hoursPerMonth, logs, request, requestsPerSecond, usual } from './workload.ts';
import { millionsPerMonth, storage, storedGigabytes, worst } from './worst-cost.ts';

/** Returns the page on the cost of the template. */
export const costPage = (): string => `<!-- Written by "npm run synth" from src/docs/: change that, not this file -->

# What it costs

List prices of us-east-1 in USD as of ${pricesAsOf}, without taxes, savings plans and credits. A month has ${hoursPerMonth} hours. Prices and
assumptions are data in \`src/docs/\`. Nothing here was measured on AWS: where your bill differs, the bill is right.

## A month without a request

The column “with free allowance” is for an account that uses its monthly allowances for nothing else.

${table(
  ['what', 'USD a month', 'with free allowance', 'arithmetic', 'note'],
  choices.map(({ choice, charges, note = '' }) => [
    choice,
    amount(total(charges)),
    amount(totalBeyondFree(charges)),
    charges.map(arithmetic).join('; '),
    note,
  ]),
)}

Items cost ${priceText(prices.tableStorage)} USD a GB and month, and ${priceText(prices.tableRecovery)} USD more for point-in-time recovery, which is always on.

## A month at most

Throttling bounds the bill: each method accepts \`ThrottlingRateLimit\` requests a second, and API Gateway rejects the others. The default,
${requestsPerSecond} a second, is ${quantity(millionsPerMonth)} million requests a month for each method. The table shows their cost if the traffic never pauses, with
items of 1 KB and with items of 400 KB, the largest that DynamoDB stores. Twice the limit costs twice as much. Set a budget in AWS
Budgets as well: throttling limits are targets, not guarantees.

${worstTable()}

Assumed are the requests that cost the most: every request succeeds, is read or written in full and traced (a client can ask for that with
\`X-Amzn-Trace-Id\`), and a page has 100 items, or the 1 MB at which DynamoDB ends it. An invocation takes ${costliest.small.durationMs} ms with items of 1 KB and
${costliest.large.durationMs} ms with items of 400 KB. POST includes storage while the items accumulate; the ${quantity(Math.round(storedGigabytes(costliest.large)))} GB that a month of items of 400 KB
leaves then cost ${amount(total(storage(storedGigabytes(costliest.large))))} USD a month until they are deleted. WAF adds ${amount(total(webAclCharges))} USD a million requests.

A rejected request is not billed as a request, but its response and its line in the access log are, with ${amount(total(rejectedCharges))} USD a million.
Throttling does not limit those.

## A million requests

With items of ${usual.itemKilobytes} KB in the table, names and the server’s attributes included, and pages of ${usual.pageItems} items; no free allowance. Assumed: ${usual.durationMs} ms
billed at ${request.memoryMb} MB, no cold starts, ${usual.traced * 100} % traced, logs kept for ${logs.retentionDays} days and compressed to ${logs.compression * 100} % of their size. Measured in the
local twin: ${request.accessLogBytes} bytes of access log, ${request.functionLogBytes} bytes of the function’s log, responses of ${request.headerBytes} bytes and ${usual.itemBodyBytes} for each item.

Reads are strongly consistent; eventually consistent reads would cost half. A write whose condition fails is billed as well.

${requestTable()}

How the columns are computed:

${arithmeticTable()}

${examples.map(exampleSection).join('\n\n')}

## Prices

Prices are those of the first tier, where there are tiers. Scripts fill most of AWS’s price pages, so the numbers come from AWS’s worked
examples and from summaries of 2026 that agree with each other. Less certain: that API Gateway’s detailed metrics are billed as custom
metrics, how often DynamoDB asks KMS, how well logs compress, and that the 5 GB of logs cover ingestion alone.

${table(
  ['service', 'what', 'USD', 'free each month'],
  Object.values<Price>(prices).map((price) => [
    `[${price.service}](${services[price.service]})`,
    price.what,
    `${priceText(price)} per ${price.unit}`,
    price.free === undefined ? '' : withUnit(price, price.free),
  ]),
)}
`;

function worstTable(): string {
  const sum = (size: 'small' | 'large'): string =>
    `**${amount(worst.reduce((usd, method) => usd + total(method[size]), 0))}**`;
  return table(
    ['method', 'million requests', 'USD with 1 KB', 'USD with 400 KB'],
    [
      ...worst.map(({ method, small, large }) => [
        `\`${method}\``,
        quantity(millionsPerMonth),
        amount(total(small)),
        amount(total(large)),
      ]),
      ['all methods', quantity(millionsPerMonth * worst.length), sum('small'), sum('large')],
    ],
  );
}

function requestTable(): string {
  const charged = operations.map(({ name }) => ({ name, charges: requestCharges(name) }));
  const columns = [...new Set(charged.flatMap(({ charges }) => charges.map(({ price }) => price.service)))];
  return table(
    ['operation', ...columns, 'USD', 'with WAF'],
    charged.map(({ name, charges }) => [
      name,
      ...columns.map((service) => amount(total(of(service, charges)))),
      `**${amount(total(charges))}**`,
      amount(total([...charges, ...webAclCharges])),
    ]),
  );
}

/** Returns a table with each charge once, and the operations that have it. */
function arithmeticTable(): string {
  const lines = [
    ...operations.flatMap(({ name }) => requestCharges(name).map((charge) => ({ name, charge }))),
    ...webAclCharges.map((charge) => ({ name: 'with WAF', charge })),
  ];
  const rows = Object.values<Price>(prices).flatMap((price) => {
    const own = lines.filter(({ charge }) => charge.price === price);
    return [...Map.groupBy(own, ({ charge }) => arithmetic(charge))].map(([text, same]) => {
      const names = same.length === operations.length ? 'each' : same.map(({ name }) => name).join(', ');
      return [price.service, price.what, names, text];
    });
  });
  return table(['service', 'what', 'operations', 'arithmetic'], rows);
}

function exampleSection({ title, text, charges }: Example): string {
  const rows = charges.map((charge) => [
    charge.price.service,
    charge.price.what,
    arithmetic(charge),
    amount(totalBeyondFree([charge])),
  ]);
  const sum = ['sum', '', `**${amount(total(charges))} USD**`, `**${amount(totalBeyondFree(charges))}**`];
  return `## ${title}\n\n${text}\n\n${table(['service', 'what', 'arithmetic', 'with free allowance'], [...rows, sum])}`;
}

const of = (service: Service, charges: readonly Charge[]): Charge[] =>
  charges.filter(({ price }) => price.service === service);

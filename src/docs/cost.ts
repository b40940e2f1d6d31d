import { operations } from '../contract/operations.ts';
import { amount, arithmetic, type Charge, priceText, quantity, times, total, totalBeyondFree, withUnit } from './charge.ts';
import { type Example, examples } from './example-cost.ts';
import { choices } from './idle-cost.ts';
import { table } from './markdown.ts';
import { type Price, prices, pricesAsOf, type Service, services } from './prices.ts';
import { preflightCharges, requestCharges, webAclCharges } from './request-cost.ts';
import { hoursPerMonth, logs, request, requestsPerSecond, traceSamplingRate } from './workload.ts';

/** The page that says what the template costs. */
export const costPage = (): string => `<!-- Written by "npm run synth" from src/docs/: change that, not this file -->

# What it costs

List prices of us-east-1 in USD as of ${pricesAsOf}, without taxes, savings plans and credits. A month has ${hoursPerMonth} hours. Prices and
assumptions are data in \`src/docs/\`; nothing here was measured on AWS, and your bill is right where it differs.

## A month without a request

“With free allowance” is what is left to pay in an account that uses its monthly allowances for nothing else.

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

## A million requests

Of items of ${request.itemKilobytes} KB in the table, names and the server’s attributes included, in pages of ${request.pageItems}; no free allowance. Assumed: ${request.durationMs} ms
billed at ${request.memoryMb} MB, no cold starts, ${traceSamplingRate * 100} % traced, logs kept for ${logs.retentionDays} days in ${logs.compression * 100} % of their size. Measured in the local twin: ${request.accessLogBytes} bytes of
access log, ${request.functionLogBytes} of the function’s log, answers of ${request.headerBytes} bytes and ${request.itemBodyBytes} an item.

Reads are strongly consistent; eventually consistent ones
would take half as many units. A write whose condition fails is billed, too; a request that API Gateway throttles or does not authorize is not.

${requestTable()}

${boundText()}

How the columns come about:

${arithmeticTable()}

${examples.map(exampleSection).join('\n\n')}

## Prices

Of the first tier, where there are tiers. AWS fills most of its pages by script, so the numbers come from its worked examples and from
summaries of 2026 that agree with each other. Less sure: that API Gateway’s detailed metrics are billed as custom metrics, how often
DynamoDB asks KMS, how well logs compress, and that the 5 GB of logs cover ingestion alone.

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

/** What a month costs in which throttling alone holds everyone back: it does so for each method by itself. */
function boundText(): string {
  const millions = (requestsPerSecond * hoursPerMonth * 3600) / 1e6;
  const each = operations.flatMap(({ name }) => times([...requestCharges(name), ...webAclCharges], millions));
  const preflights = times(
    [...preflightCharges, ...webAclCharges],
    millions * new Set(operations.map(({ path }) => path)).size,
  );
  return `Throttling bounds the bill of requests like these, for each method by itself and as well as API Gateway can: \`ThrottlingRateLimit=${requestsPerSecond}\`,
the default, lets ${quantity(millions)} million requests a month through to every operation, ${amount(total(each))} USD for all of them with WAF, and
as many preflights to each path, which anyone may send, ${amount(total(preflights))} USD. An item of 400 KB costs 400 write units, a page of such items 25 times as
much to read, and clients may ask for traces of all their requests.`;
}

/** Each charge once, with the operations that have it. */
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

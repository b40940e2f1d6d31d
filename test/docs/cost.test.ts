import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { amount, total, totalBeyondFree } from '../../src/docs/charge.ts';
import { costPage } from '../../src/docs/cost.ts';
import { examples, mix } from '../../src/docs/example-cost.ts';
import { choices, methods } from '../../src/docs/idle-cost.ts';
import { type Price, prices, services } from '../../src/docs/prices.ts';
import { rejectedCharges, requestCharges, webAclCharges } from '../../src/docs/request-cost.ts';
import { stack } from '../../src/docs/workload.ts';
import { worst } from '../../src/docs/worst-cost.ts';

const idle = (name: string): number => {
  const choice = choices.find((candidate) => candidate.choice.includes(name));
  if (!choice) throw new Error(`no choice of ${name}`);
  return total(choice.charges);
};

describe('a month without a request', () => {
  it.each([
    ['NatGateways=One', 730 * (0.045 + 0.005)],
    ['NatGateways=PerAvailabilityZone', 2 * 730 * (0.045 + 0.005)],
    ['NatGateways=None', 0],
    ['alarms', stack.alarmMetrics * 0.1],
    ['dashboard', 3],
    ['metric of throttled requests', 0],
    ['WebAcl=true', 5 + 3 * 1],
    ['KmsKeyArn` of', 1],
    ['DetailedMetrics=true', 0],
  ])('costs with %s %d USD', (name, usd) => {
    expect(idle(name)).toBeCloseTo(usd);
  });

  it('is billed for metrics of the operations’ methods and of a preflight of each path', () => {
    expect(methods).toBe(operations.length + 2 * entities.length);
    expect(costPage()).toContain(`${methods * 5} metric-months × 0.30 USD = ${amount(methods * 5 * 0.3)} USD`);
  });
});

describe('a million requests', () => {
  const lambda = 0.2 + 1e6 * 0.01 * 0.25 * 0.0000133334;
  const logs = 1.045 * 0.5 + 1.045 * 0.2 * 12 * 0.03;
  const each = 3.5 + lambda + logs + 0.05 * 5;
  const transfer = (bytes: number) => (bytes / 1000) * 0.09;

  it.each([
    ['GetItem', 0.125 + transfer(560 + 950)],
    ['CreateItem', 0.625 + transfer(560 + 950)],
    ['UpdateItem', 0.625 + transfer(560 + 950)],
    ['DeleteItem', 0.625 + transfer(560)],
    // 25 items of 1 KB are 25 KB, read in units of 4 KB.
    ['ListItems', 7 * 0.125 + transfer(560 + 25 * 950)],
  ] as const)('of %s costs what its parts cost', (name, own) => {
    expect(total(requestCharges(name))).toBeCloseTo(each + own, 6);
  });

  it('costs 60 cents more with WAF', () => {
    expect(total(webAclCharges)).toBe(0.6);
  });
});

describe('a month at most', () => {
  // 10 requests a second.
  const millions = 26.28;
  const gatewayLogs = 0.37 * 0.5 + 0.37 * 0.2 * 12 * 0.03;
  const logs = 1.045 * 0.5 + 1.045 * 0.2 * 12 * 0.03;
  const each = (durationMs: number) => 3.5 + 0.2 + (1e6 * durationMs * 0.25 * 0.0000133334) / 1000 + logs + 1 * 5;
  const transfer = (bytes: number) => (bytes / 1000) * 0.09;
  // Half of the items that a month creates, for the whole month.
  const stored = (kilobytes: number) => (26.28e6 * kilobytes * 1024 * (0.25 + 0.2)) / 1e9 / 2;
  const small = (own: number) => millions * (each(10) + own);
  const large = (own: number) => millions * (each(500) + own);
  const preflight = millions * (3.5 + gatewayLogs + transfer(560));

  it.each([
    [
      'POST /items',
      small(0.625 + transfer(560 + 950)) + stored(1),
      large(400 * 0.625 + transfer(560 + 400_000)) + stored(400),
    ],
    // 100 items of 1 KB; 1 MB of items of 400 KB.
    [
      'GET /items',
      small(25 * 0.125 + transfer(560 + 100 * 950)),
      large(256 * 0.125 + transfer(560 + (1024 / 400) * 400_000)),
    ],
    ['GET /items/{id}', small(0.125 + transfer(560 + 950)), large(100 * 0.125 + transfer(560 + 400_000))],
    ['PUT /items/{id}', small(0.625 + transfer(560 + 950)), large(400 * 0.625 + transfer(560 + 400_000))],
    ['DELETE /items/{id}', small(0.625 + transfer(560)), large(400 * 0.625 + transfer(560))],
    ['OPTIONS /items', preflight, preflight],
    ['OPTIONS /items/{id}', preflight, preflight],
  ])('of %s costs what its parts cost', (method, ofSmall, ofLarge) => {
    const row = worst.find((candidate) => candidate.method === method);
    expect(total(row?.small ?? [])).toBeCloseTo(ofSmall, 4);
    expect(total(row?.large ?? [])).toBeCloseTo(ofLarge, 4);
    expect(costPage()).toContain(`| \`${method}\` | 26.28 | ${amount(ofSmall)} | ${amount(ofLarge)} |`);
  });

  it('is of every method', () => {
    expect(worst).toHaveLength(methods);
  });

  it('does not bound rejected requests', () => {
    expect(total(rejectedCharges)).toBeCloseTo(gatewayLogs + transfer(560 + 380), 6);
  });
});

describe('the examples', () => {
  const [development, production] = examples;

  it('are nearly free without use', () => {
    expect(total(development?.charges ?? [])).toBeCloseTo(stack.alarmMetrics * 0.1 + 3, 2);
    // Items alone have fewer than 50 metrics on the dashboard, which is free then.
    const dashboard = stack.dashboardMetrics > 50 ? 3 : 0;
    expect(totalBeyondFree(development?.charges ?? [])).toBeCloseTo((stack.alarmMetrics - 10) * 0.1 + dashboard, 2);
  });

  it('add up', () => {
    const requests = Object.entries(mix).reduce(
      (sum, [name, millions]) => sum + millions * total(requestCharges(name as keyof typeof mix)),
      0,
    );
    const idleCharges = 73 + stack.alarmMetrics * 0.1 + 3 + 8 + 1;
    const rest = 10 * 0.6 + operations.length * 12 * 730 * 0.000003 + 10 * (0.25 + 0.2) + 10 * 0.005;
    expect(total(production?.charges ?? [])).toBeCloseTo(requests + idleCharges + rest, 2);
  });
});

it('names every price, with the page that publishes it', () => {
  const page = costPage();
  for (const { service, what } of Object.values<Price>(prices)) {
    expect(page).toContain(`| [${service}](${services[service]}) | ${what} |`);
  }
});

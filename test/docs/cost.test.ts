import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { amount, total, totalBeyondFree } from '../../src/docs/charge.ts';
import { costPage } from '../../src/docs/cost.ts';
import { examples, mix } from '../../src/docs/example-cost.ts';
import { choices, methods } from '../../src/docs/idle-cost.ts';
import { type Price, prices, services } from '../../src/docs/prices.ts';
import { requestCharges, webAclCharges } from '../../src/docs/request-cost.ts';

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
    ['alarms', 22 * 0.1],
    ['dashboard', 3],
    ['WebAcl=true', 5 + 3 * 1],
    ['KmsKeyArn` of', 1],
    ['DetailedMetrics=true', 0],
  ])('costs with %s %d USD', (name, usd) => {
    expect(idle(name)).toBeCloseTo(usd);
  });

  it('is billed for metrics of the operations’ methods and of two preflights', () => {
    expect(methods).toBe(7);
    expect(costPage()).toContain('35 metric-months × 0.30 USD = 10.50 USD');
  });
});

describe('a million requests', () => {
  const lambda = 0.2 + 1e6 * 0.01 * 0.25 * 0.0000133334;
  const logs = 0.955 * 0.5 + 0.955 * 0.2 * 12 * 0.03;
  const each = 3.5 + lambda + logs + 0.05 * 5;
  const transfer = (bytes: number) => (bytes / 1000) * 0.09;

  it.each([
    ['GetItem', 0.125 + transfer(510 + 950)],
    ['CreateItem', 0.625 + transfer(510 + 950)],
    ['UpdateItem', 0.625 + transfer(510 + 950)],
    ['DeleteItem', 0.625 + transfer(510)],
    // 25 items of 1 KB are 25 KB, read in units of 4 KB.
    ['ListItems', 7 * 0.125 + transfer(510 + 25 * 950)],
  ] as const)('of %s costs what its parts cost', (name, own) => {
    expect(total(requestCharges(name))).toBeCloseTo(each + own, 6);
  });

  it('costs 60 cents more with WAF', () => {
    expect(total(webAclCharges)).toBe(0.6);
  });
});

it('is bounded by throttling, of every operation and of preflights', () => {
  const each = operations.map(({ name }) => total(requestCharges(name)) + 0.6);
  const most = 1314 * each.reduce((sum, usd) => sum + usd, 0);
  const preflight = 3.5 + 0.28 * 0.5 + 0.28 * 0.2 * 12 * 0.03 + 0.51 * 0.09 + 0.6;
  const page = costPage();
  expect(page).toContain(`lets 1,314 million requests a month through to every operation, ${amount(most)} USD for all`);
  expect(page).toContain(`which anyone may send, ${amount(2 * 1314 * preflight)} USD`);
});

describe('the examples', () => {
  const [development, production] = examples;

  it('are nearly free without use, and of every operation in use', () => {
    expect(total(development?.charges ?? [])).toBeCloseTo(22 * 0.1, 2);
    expect(totalBeyondFree(development?.charges ?? [])).toBeCloseTo(12 * 0.1, 2);
    expect(Object.keys(mix).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it('add up', () => {
    const requests = Object.entries(mix).reduce(
      (sum, [name, millions]) => sum + millions * total(requestCharges(name as keyof typeof mix)),
      0,
    );
    const idleCharges = 73 + 22 * 0.1 + 3 + 8 + 1;
    const rest = 10 * 0.6 + 5 * 12 * 730 * 0.000003 + 10 * (0.25 + 0.2) + 10 * 0.005;
    expect(total(production?.charges ?? [])).toBeCloseTo(requests + idleCharges + rest, 2);
  });
});

it('names every price, with the page that publishes it', () => {
  const page = costPage();
  for (const { service, what } of Object.values<Price>(prices)) {
    expect(page).toContain(`| [${service}](${services[service]}) | ${what} |`);
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../src/conformance/api.ts';
import type { Case } from '../../src/conformance/case.ts';
import { cases } from '../../src/conformance/index.ts';
import { passes } from '../conformance/passes.ts';
import type { Edition } from '../editions.ts';
import { adapted } from './adapt.ts';
import { changedTemplate, changedTitle } from './changed.ts';
import { serveCloud } from './cloud.ts';
import { unanswered } from './differences.ts';
import { type Front, openFront } from './front.ts';
import { addValidators, apiId, aws, deploy, destroy, inventory, invokeUrl, stageOf } from './stack.ts';

const stackName = 'items-test';
const allowed = 'https://one.example';

/** The life of an edition's stack on a cloud that is not ours: deployed, in use, updated, destroyed, and nothing left of it. */
export const lives = ({ name, file, template, options: { parameters: open = {} } }: Edition): void => {
  describe(`the ${name} edition`, () => {
    const cloud = serveCloud();
    let before: string[];
    let front: Front;
    let url: string;
    let latest = template;
    beforeAll(async () => {
      before = await inventory(cloud());
      await deploy(cloud(), stackName, adapted(template), open);
      url = await invokeUrl(cloud(), stackName);
      await addValidators(cloud(), apiId(url));
      front = await openFront(cloud().endpoint, url);
    });
    afterAll(() => front?.stop());

    describe.each(Object.entries(cases))('%s', (group, members) => {
      it.each(members)('$name', (member) => answers(group, member, front.url));
    });

    it('says another request id in a header than in the body, where a function answered', () => {
      expect(front.corrected(), 'stale difference: the request id in headers is right now').toBeGreaterThan(0);
    });

    it('takes another parameter', async () => {
      const { deploymentId, variables } = await stageOf(cloud(), url);
      expect(variables).toEqual({ allowedOrigins: 'any' });
      await deploy(cloud(), stackName, adapted(template), { ...open, AllowedOrigins: allowed });
      expect(await stageOf(cloud(), url)).toMatchObject({ deploymentId, variables: { allowedOrigins: allowed } });
      for (const [origin, expected] of [
        [allowed, allowed],
        ['https://two.example', null],
      ] as const) {
        const { headers } = await fetch(`${front.url}/items`, { headers: { origin } });
        expect(headers.get('access-control-allow-origin')).toBe(expected);
      }
    });

    it('takes another model, and a new deployment goes live', async () => {
      const api = openApi({ url: front.url, origin: allowed });
      const { id } = await api.create({ price: 1 });
      const overprice = () => api.request('PUT', `/items/${id}`, { body: { price: 'much' } });
      expect((await overprice()).status).toBe(200);
      const former = await stageOf(cloud(), url);
      latest = await changedTemplate(cloud().directory, file);
      await deploy(cloud(), stackName, adapted(latest), { ...open, AllowedOrigins: allowed });
      await addValidators(cloud(), apiId(url));
      const { deploymentId } = await stageOf(cloud(), url);
      expect(deploymentId).not.toBe(former.deploymentId);
      const { items } = await aws(cloud(), 'apigateway', 'get-deployments', '--rest-api-id', apiId(url));
      expect(items).toMatchObject([{ id: deploymentId }]);
      const rejected = await fetch(`${front.url}/items/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"price":"much"}',
      });
      // The title is of a gateway response, which is what a deployment keeps there.
      expect(await rejected.json()).toMatchObject({ status: 400, title: changedTitle });
      expect((await api.request('PUT', `/items/${id}`, { body: { price: 2 } })).status).toBe(200);
    });

    it('takes an API key to be asked for, and another deployment goes live at once', async () => {
      const { deploymentId } = await stageOf(cloud(), url);
      await deploy(cloud(), stackName, adapted(latest), { ...open, AllowedOrigins: allowed, RequireApiKey: 'true' });
      expect((await stageOf(cloud(), url)).deploymentId).not.toBe(deploymentId);
      const { items } = await aws(cloud(), 'apigateway', 'get-api-keys', '--include-values');
      const list = async (headers = {}) => (await fetch(`${front.url}/items`, { headers })).status;
      expect(await list()).toBe(403);
      expect(await list({ 'x-api-key': items[0].value })).toBe(200);
    });

    it('is destroyed, and nothing is left of it', async () => {
      expect((await inventory(cloud())).length).toBeGreaterThan(before.length + 40);
      await destroy(cloud(), stackName);
      expect(await inventory(cloud())).toEqual(before);
    });
  });
};

/** Passes if the case does, or if it says what is declared that it says. */
const answers = async (group: string, member: Case, url: string): Promise<void> => {
  const difference = unanswered.find((candidate) => candidate.group === group && candidate.name.test(member.name));
  if (!difference) return passes({ url }, member);
  const failure = await passes({ url }, member).then(
    () => 'nothing: the difference is stale, as the case passes',
    (error: Error) => error.message,
  );
  expect(failure).toMatch(difference.says);
};

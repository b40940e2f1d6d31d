import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeployError, deployStack, destroyStack, type User } from '../../src/deploy/index.ts';
import { type Endpoint, openEndpoint, type RecordedResponse, recorded } from './endpoint.ts';

const root = process.cwd();
let folder: string;
let endpoint: Endpoint;

const open = async (answers: readonly RecordedResponse[]): Promise<void> => {
  endpoint = await openEndpoint(answers);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-deploy-'));
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'environments/mini.json'), '{"stackName":"items-mini"}');
  copyFileSync('test/deploy/recorded/mini.yaml', join(folder, 'template.yaml'));
  process.chdir(folder);
  for (const [name, value] of Object.entries({ ACCESS_KEY_ID: 'id', SECRET_ACCESS_KEY: 'secret', REGION: 'us-east-1' }))
    vi.stubEnv(`AWS_${name}`, value);
});

afterEach(async () => {
  process.chdir(root);
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

/** A user that is no terminal: gives this answer, and notes what it is shown. */
const userWho = (answer?: string) => {
  const shown: string[] = [];
  const user: User = {
    signal: new AbortController().signal,
    say: (text) => void shown.push(`say ${text.trim().replace(/\d:\d\d$/, 'TIME')}`),
    ask: async (question) => {
      shown.push(`ask ${question.trim()}`);
      return answer;
    },
    showChanges: (changes) => void shown.push(`changes ${changes.map(({ kind, logicalId }) => `${kind} ${logicalId}`)}`),
    showResources: (resources) => void shown.push(`resources ${resources.map(({ logicalId }) => logicalId)}`),
    follow: ({ total }) => {
      shown.push(`follow ${total}`);
      return {
        finished: ({ logicalId, status }, { done }) => void shown.push(`finished ${logicalId} ${status} ${done}`),
        update: ({ done, ended }) => void (ended && shown.push(`update ${done} ${ended}`)),
        end: () => void shown.push('end'),
      };
    },
  };
  return { user, shown };
};

describe('without a terminal', () => {
  it('deploys, shows the progress in order, and returns the outputs', async () => {
    await open(recorded('create'));
    const { user, shown } = userWho();
    const deployment = await deployStack({ environment: 'mini', template: 'template.yaml' }, user);
    expect(deployment).toEqual({
      outcome: 'deployed',
      outputs: [{ key: 'TopicArn', value: expect.stringMatching(/^arn:aws:sns:/) }],
    });
    expect(shown).toEqual([
      'say template.yaml as the stack items-mini in us-east-1 of account 123456789012',
      'changes added Log,added Topic',
      'follow 2',
      expect.stringMatching(/^finished \w+ CREATE_COMPLETE 1$/),
      expect.stringMatching(/^finished \w+ CREATE_COMPLETE 2$/),
      'update 2 CREATE_COMPLETE',
      'end',
      'say items-mini is deployed, in TIME',
    ]);
  });

  it('plans, and says which outcome that is', async () => {
    await open(recorded('replace'));
    const { user, shown } = userWho();
    const request = { environment: 'mini', template: 'template.yaml', parameters: { TopicName: 'other' }, plan: true };
    expect(await deployStack(request, user)).toEqual({ outcome: 'planned' });
    expect(shown.at(-1)).toBe('changes replaced Topic');
    expect(endpoint.requests.map(({ action }) => action)).not.toContain('ExecuteChangeSet');
  });

  it('replaces nothing if nobody answers', async () => {
    await open(recorded('replace'));
    const { user, shown } = userWho(undefined);
    const request = { environment: 'mini', template: 'template.yaml', parameters: { TopicName: 'other' } };
    await expect(deployStack(request, user)).rejects.toThrow(DeployError);
    expect(shown.at(-1)).toMatch(/^ask Replaced and removed resources lose their data/);
    expect(endpoint.requests.map(({ action }) => action)).not.toContain('ExecuteChangeSet');
  });

  it('deletes the stack that is named', async () => {
    await open(recorded('destroy'));
    const { user, shown } = userWho('items-mini');
    await destroyStack({ environment: 'mini', functions: [] }, user);
    expect(shown.filter((line) => !line.startsWith('say'))).toEqual([
      expect.stringMatching(/^resources (Log,Topic|Topic,Log)$/),
      'ask Type the name of the stack to delete it:',
      'follow 2',
      expect.stringMatching(/^finished \w+ DELETE_COMPLETE 1$/),
      expect.stringMatching(/^finished \w+ DELETE_COMPLETE 2$/),
      'update 2 DELETE_COMPLETE',
      'end',
    ]);
  });
});

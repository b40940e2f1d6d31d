/* The minimum of a handler that calls DynamoDB: it signs one request and sends it on a keep-alive connection. */
const { createHash, createHmac, createSecretKey, randomUUID } = require('node:crypto');
const { Agent, request } = require('node:https');

const { AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, TABLE_NAME } =
  process.env;
const { host, hostname, port } = new URL(AWS_ENDPOINT_URL_DYNAMODB);
const agent = new Agent({ keepAlive: true });

exports.CreateItem = async ({ body }) => {
  const { id = randomUUID() } = JSON.parse(body);
  await send('PutItem', { TableName: TABLE_NAME, Item: { id: { S: id }, body: { S: body } } });
  return { statusCode: 201, body };
};

exports.GetItem = async ({ pathParameters: { id } }) => {
  const text = await send('GetItem', { TableName: TABLE_NAME, Key: { id: { S: id } }, ConsistentRead: true });
  return { statusCode: 200, body: text };
};

/** Opens a connection in advance, for the first request. */
exports.connect = () => {
  const early = agent.createConnection({ host: hostname, port });
  agent.createConnection = () => {
    delete agent.createConnection;
    return early;
  };
};

/** Signs the first request, and reuses its headers for all others, which must be the same. */
exports.signOnce = () => {
  let headers;
  headersOf = (action, body) => {
    headers ??= signed(action, body);
    return headers;
  };
};

const send = (action, input) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(input);
    const sent = request({ method: 'POST', hostname, port, agent, headers: headersOf(action, body) }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk) => {
          text += chunk;
        })
        .on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    sent.on('error', reject).end(body);
  });

const signed = (action, body) => {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${date.slice(0, 8)}/${AWS_REGION}/dynamodb/aws4_request`;
  const target = `DynamoDB_20120810.${action}`;
  const names = 'host;x-amz-date;x-amz-security-token;x-amz-target';
  const lines = `host:${host}\nx-amz-date:${date}\nx-amz-security-token:${AWS_SESSION_TOKEN}\nx-amz-target:${target}\n`;
  const hash = sha256(`POST\n/\n\n${lines}\n${names}\n${sha256(body)}`);
  const signature = hmac(signingKey(scope), `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).toString('hex');
  const credential = `Credential=${AWS_ACCESS_KEY_ID}/${scope}`;
  return {
    host,
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': date,
    'x-amz-security-token': AWS_SESSION_TOKEN,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
};

let headersOf = signed;

let keptFor;
let kept;

/** Returns the signing key, which is valid for a day. */
const signingKey = (scope) => {
  if (keptFor !== scope) {
    keptFor = scope;
    kept = createSecretKey(scope.split('/').reduce(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`));
  }
  return kept;
};

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

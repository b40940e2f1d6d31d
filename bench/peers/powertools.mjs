/* The SDK's handlers with Powertools for AWS Lambda, used as its documentation shows for plain handlers. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const logger = new Logger();
const metrics = new Metrics();
const tracer = new Tracer();
const client = DynamoDBDocumentClient.from(tracer.captureAWSv3Client(new DynamoDBClient({})));
const TableName = process.env.TABLE_NAME;

const observed = (operation, answer) => async (event, context) => {
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment(`## ${operation}`);
  if (segment) tracer.setSegment(segment);
  tracer.annotateColdStart();
  tracer.addServiceNameAnnotation();
  logger.addContext(context);
  metrics.captureColdStartMetric();
  try {
    const result = await answer(event);
    metrics.addMetric(operation, MetricUnit.Count, 1);
    logger.info(operation, { status: result.statusCode });
    return result;
  } catch (error) {
    tracer.addErrorAsMetadata(error);
    logger.error(operation, error);
    return respond(500, { message: 'Internal error' });
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
    metrics.publishStoredMetrics();
  }
};

export const CreateItem = observed('CreateItem', async (event) => {
  const body = JSON.parse(event.body);
  const item = { ...body, id: body.id ?? randomUUID() };
  await client.send(new PutCommand({ TableName, Item: item }));
  return respond(201, item);
});

export const GetItem = observed('GetItem', async (event) => {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id: event.pathParameters.id } }));
  return Item ? respond(200, Item) : respond(404, { message: 'Not found' });
});

const respond = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
  body: JSON.stringify(body),
});

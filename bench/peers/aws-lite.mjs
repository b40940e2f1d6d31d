/* The same two operations with aws-lite, which signs and sends requests and omits the rest of an SDK. */
import { randomUUID } from 'node:crypto';
import awsLite from '@aws-lite/client';
import dynamodb from '@aws-lite/dynamodb';

const aws = await awsLite({ plugins: [dynamodb] });
const TableName = process.env.TABLE_NAME;

export const CreateItem = async (event) => {
  const body = JSON.parse(event.body);
  const item = { ...body, id: body.id ?? randomUUID() };
  await aws.DynamoDB.PutItem({ TableName, Item: item });
  return respond(201, item);
};

export const GetItem = async (event) => {
  const { Item } = await aws.DynamoDB.GetItem({ TableName, Key: { id: event.pathParameters.id } });
  return Item ? respond(200, Item) : respond(404, { message: 'Not found' });
};

const respond = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
  body: JSON.stringify(body),
});

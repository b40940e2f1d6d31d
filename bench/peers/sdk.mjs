/* Handlers like AWS's own samples: a client of the SDK, the document client, and a command for each operation. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export const CreateItem = async (event) => {
  const body = JSON.parse(event.body);
  const item = { ...body, id: body.id ?? randomUUID() };
  await client.send(new PutCommand({ TableName, Item: item }));
  return respond(201, item);
};

export const GetItem = async (event) => {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id: event.pathParameters.id } }));
  return Item ? respond(200, Item) : respond(404, { message: 'Not found' });
};

export const UpdateItem = async (event) => {
  const { id } = event.pathParameters;
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id } }));
  if (!Item) return respond(404, { message: 'Not found' });
  const item = { ...JSON.parse(event.body), id };
  await client.send(new PutCommand({ TableName, Item: item }));
  return respond(200, item);
};

export const DeleteItem = async (event) => {
  await client.send(new DeleteCommand({ TableName, Key: { id: event.pathParameters.id } }));
  return respond(200, { message: 'Deleted' });
};

export const ListItems = async (event) => {
  const Limit = Number(event.queryStringParameters?.limit ?? 25);
  const { Items } = await client.send(new ScanCommand({ TableName, Limit }));
  return respond(200, { items: Items });
};

const respond = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' },
  body: JSON.stringify(body),
});

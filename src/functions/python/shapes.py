"""Types of what the functions pass around. Nothing here exists at run time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypedDict

#: A value in DynamoDB's own JSON, such as `{"S": "text"}`. Items of this API have no binary values and no
#: sets.
AttributeValue = Mapping[str, Any]
#: Attributes by name.
AttributeMap = Mapping[str, AttributeValue]


class _Text(TypedDict):
    S: str


class _Number(TypedDict):
    N: str


class _Map(TypedDict):
    M: AttributeMap


class _Idempotency(TypedDict, total=False):
    #: Hashes of the caller's Idempotency-Key and of the body, if the item was created with such a key.
    idempotencyKey: _Text
    requestBody: _Text


class NewItem(_Idempotency):
    """An item as it is written to the table, in DynamoDB's JSON."""

    id: _Text
    version: _Number
    createdAt: _Text
    updatedAt: _Text
    #: The client's own attributes, in a map so that no name can clash with the others.
    attributes: _Map
    #: Drawn at random by the invocation that last wrote the item: the entity tag, and proof of who wrote.
    writeId: _Text
    #: The first write id: a replay of the creation returns the first entity tag.
    createId: _Text


class _StoredIdempotency(TypedDict, total=False):
    idempotencyKey: str
    requestBody: str


class StoredItem(_StoredIdempotency):
    """
    An item as it was read. Each attribute is JSON text for a response, such as `"a"` with its quotes.
    """

    id: str
    version: str
    createdAt: str
    updatedAt: str
    attributes: str
    writeId: str
    createId: str


class Output(TypedDict, total=False):
    """A response of DynamoDB."""

    #: The item of GetItem, the new one of UpdateItem, or the one for which a condition failed.
    item: StoredItem
    #: The items of a Scan or Query.
    items: list[StoredItem]
    #: The id after which a Scan or Query goes on, as JSON text.
    last_id: str
    #: Type and message of an exception.
    type: str
    message: str


class _RequestContext(TypedDict):
    requestId: str
    path: str
    identity: Mapping[str, str | None]
    authorizer: Mapping[str, Any] | None


class Event(TypedDict, total=False):
    """The proxy event of API Gateway, as far as the functions read it."""

    requestContext: _RequestContext
    multiValueHeaders: Mapping[str, list[str]] | None
    queryStringParameters: Mapping[str, str] | None
    multiValueQueryStringParameters: Mapping[str, list[str]] | None
    pathParameters: Mapping[str, str] | None
    body: str | None
    isBase64Encoded: bool


class Context(Protocol):
    """The context object of Lambda."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int: ...


class Result(TypedDict):
    """The result of a proxy integration."""

    statusCode: int
    headers: dict[str, str]
    body: str

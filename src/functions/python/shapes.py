"""Types of what the functions pass around. Nothing here exists at run time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol, TypedDict

#: DynamoDB's JSON form of a value, such as `{"S": "text"}`. Items of this API have no binary and no sets.
AttributeValue = Mapping[str, Any]
#: Attributes by name.
AttributeMap = Mapping[str, AttributeValue]


class _Text(TypedDict):
    S: str


class _Number(TypedDict):
    N: str


class _Map(TypedDict):
    M: AttributeMap


class _Requests(TypedDict, total=False):
    createRequest: _Text
    updateRequest: _Text


class StoredItem(_Requests):
    """
    An item as the table holds it; `attributes` is what belongs to the client. The requests are those that
    created and last replaced the item: an attempt whose answer got lost knows its own work again.
    """

    id: _Text
    version: _Number
    createdAt: _Text
    updatedAt: _Text
    attributes: _Map


#: Names of what belongs to the server and clients see.
ServerOwned = Literal["id", "version", "createdAt", "updatedAt"]


class _Key(TypedDict):
    id: _Text


class Output(TypedDict, total=False):
    """What an action of DynamoDB returns, as far as the functions read it, be it an error."""

    __type: str
    message: str
    Message: str

    Item: StoredItem
    Attributes: StoredItem
    Items: list[StoredItem]
    LastEvaluatedKey: _Key


class _RequestContext(TypedDict):
    requestId: str
    path: str


class Event(TypedDict, total=False):
    """The proxy event of API Gateway, as far as the functions read it."""

    requestContext: _RequestContext
    multiValueHeaders: Mapping[str, list[str]] | None
    queryStringParameters: Mapping[str, str] | None
    pathParameters: Mapping[str, str] | None
    body: str | None
    isBase64Encoded: bool


class Context(Protocol):
    """The context object of Lambda."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int: ...


class Result(TypedDict):
    """What a proxy integration returns to API Gateway."""

    statusCode: int
    headers: dict[str, str]
    body: str

"""Reads what handlers need from API Gateway's proxy event."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from .contract import ID_PATTERN, ID_RULE
from .entity import COLLECTION
from .json_text import members
from .problem import Problem, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .shapes import Event


class Request:
    """A request to the API."""

    def __init__(self, event: Event, deadline: float) -> None:
        """`deadline` says until when DynamoDB may be called, on the monotonic clock."""
        self.event = event
        self.deadline = deadline
        #: The request id of API Gateway. It proves nothing: clients can choose it with the header
        #: x-amzn-RequestId
        #: (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html).
        self.id = event["requestContext"]["requestId"]
        #: Request headers by lower-case name. Several lines with one name are one list (RFC 9110, 5.3).
        self.headers = {
            name.lower(): ", ".join(values)
            for name, values in (event.get("multiValueHeaders") or {}).items()
        }

    def collection_path(self) -> str:
        """
        Returns the path of the collection, stage included. Raises `path-not-found` for another spelling
        of it: API Gateway accepts a slash at the end and slashes after the stage, but asks IAM about the
        path as it is written, so that a policy for that path would not apply.
        """
        path = self.event["requestContext"]["path"]
        if path.endswith(COLLECTION) and "//" not in path:
            return path
        raise Problem("path-not-found", f"Write the path as {COLLECTION}, without another slash.")

    def path_id(self) -> str:
        """
        Returns the id in the path. Raises `item-not-found` for an id that no item can have, and for
        another spelling of one, for the reason that `collection_path` has: a policy for one item would
        not apply.
        """
        # API Gateway leaves path parameters percent-encoded and cuts off a slash at the end.
        item_id = (self.event.get("pathParameters") or {}).get("id", "")
        path = self.event["requestContext"]["path"]
        is_plain = path.endswith(f"{COLLECTION}/{item_id}") and "//" not in path
        if ID_PATTERN.fullmatch(item_id) and is_plain:
            return item_id
        # An id has ASCII characters only, so that each code stands for a character.
        decoded = re.sub("%([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), item_id)
        raise Problem(
            "item-not-found",
            f"There is no item at this path. Write it as {COLLECTION}/{decoded}."
            if ID_PATTERN.fullmatch(decoded)
            else f'There is no item with the id "{cut(item_id, 200)}". An id has {ID_RULE}.',
        )

    def check_query(self, known: Sequence[str]) -> None:
        """
        Raises `invalid-parameter` for a query parameter that the operation does not have, and for one
        that is repeated: the operation would do something else than the client wants.
        """
        advice = (
            f"This operation has the query parameters {listed_names(known)}."
            if known
            else "This operation has no query parameters."
        )
        parameters = members(self.event.get("multiValueQueryStringParameters") or {})
        for name, values in parameters.items():
            shown = cut(name, 100)
            # X-Amz-… are the signature of a presigned URL.
            if name not in known and not re.match("x-amz-", name, re.ASCII | re.IGNORECASE):
                raise Problem(
                    "invalid-parameter", f'The query parameter "{shown}" is not known. {advice}'
                )
            if len(values) != 1:
                raise Problem("invalid-parameter", f'The query parameter "{shown}" is repeated. {advice}')

    def body_text(self) -> str:
        """
        Returns the text of the body. Raises `unsupported-media-type` for any type but JSON, and for none:
        browsers send a body without a type to other origins without asking them first.

        API Gateway makes UTF-8 text of a body before a function sees it (Developer Guide, "Content type
        conversions in API Gateway"), and has been recorded to put U+FFFD in place of bytes that are not
        UTF-8. A body in base64 is decoded in the same way; it arrives if the API has binary media types.
        """
        media_type = self.headers.get("content-type", "untyped")
        if not re.match(r"application/([\w.+-]+\+)?json *(;|\Z)", media_type, re.ASCII | re.IGNORECASE):
            raise Problem(
                "unsupported-media-type",
                f"Send the body as application/json, not as {cut(media_type, 100)}.",
            )
        body = self.event.get("body") or ""
        return (
            base64.b64decode(body).decode(errors="replace") if self.event.get("isBase64Encoded") else body
        )


def listed_names(names: Sequence[str]) -> str:
    """`limit, cursor and customerId`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

"""Defines the errors that clients receive, as RFC 9457 problem details."""

from __future__ import annotations

#: Status and title of each problem that the functions raise, as the contract's catalogue has them.
PROBLEMS = {
    "invalid-json": (400, "The body is not valid JSON"),
    "invalid-item": (400, "The body is not a valid item"),
    "invalid-parameter": (400, "A header or query parameter is not valid"),
    "item-not-found": (404, "There is no such item"),
    "id-taken": (409, "There is an item with this id already"),
    "precondition-failed": (412, "The item is not at the version that the request asks for"),
    "item-too-large": (413, "The item is larger than 400 KB"),
    "unsupported-media-type": (415, "The body is not JSON"),
    "idempotency-key-reused": (422, "The Idempotency-Key was used with another body"),
    "internal-error": (500, "Internal error"),
    "store-unavailable": (503, "The store is not available"),
}


class Problem(Exception):
    """A refusal. `detail` names the thing that is wrong and what to do about it."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug
        self.status, self.title = PROBLEMS[slug]

    def members(self, request_id: str) -> dict[str, object]:
        """
        The members of the answer. `request_id` is API Gateway's, a UUID: it joins the answer to the logs.
        """
        return {
            "type": f"urn:items-api:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": str(self),
            "instance": f"urn:uuid:{request_id}",
            "requestId": request_id,
        }

"""Defines the errors that clients receive, as RFC 9457 problem details."""

from __future__ import annotations

#: Status and title by slug, as in the contract's catalogue.
PROBLEMS = {
    "invalid-json": (400, "The body is not valid JSON"),
    "invalid-item": (400, "The body is not a valid item"),
    "invalid-parameter": (400, "A header or query parameter is not valid"),
    "item-not-found": (404, "There is no such item"),
    "path-not-found": (404, "There is no such path"),
    "id-taken": (409, "There is an item with this id already"),
    "precondition-failed": (412, "The item is not at the version that the request asks for"),
    "item-too-large": (413, "The item is too large"),
    "unsupported-media-type": (415, "The body is not JSON"),
    "idempotency-key-reused": (422, "The Idempotency-Key was used with another body"),
    "internal-error": (500, "Internal error"),
    "store-unavailable": (503, "The store is not available"),
}


class Problem(Exception):
    """An error that the client receives. `detail` names what is wrong and says how to correct it."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug
        self.status, self.title = PROBLEMS[slug]

    def members(self, request_id: str) -> dict[str, object]:
        """
        The members of the response. `request_id` is the one of API Gateway, by which its log has the
        request.
        """
        return {
            "type": f"urn:items-api:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": str(self),
            "instance": f"urn:uuid:{request_id}",
            "requestId": request_id,
        }

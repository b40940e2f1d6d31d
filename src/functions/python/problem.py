"""Defines the errors that clients receive, as RFC 9457 problem details."""

from __future__ import annotations

from .contract import PROBLEM_PREFIX, PROBLEMS


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
            "type": PROBLEM_PREFIX + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": str(self),
            "instance": f"urn:uuid:{request_id}",
            "requestId": request_id,
        }


def cut(text: str, units: int) -> str:
    """The beginning of a text for a message, in UTF-16 as JavaScript counts."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass")

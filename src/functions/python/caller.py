"""Identifies the caller of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shapes import Event


def key_owner(event: Event) -> list[str]:
    """
    The caller to whom an Idempotency-Key belongs, as a list of a kind and what identifies the caller in
    it. It is the same whenever the same caller sends a request again.
    """
    identity = event["requestContext"]["identity"]
    claims = (event["requestContext"].get("authorizer") or {}).get("claims") or {}
    # An identity of a Cognito identity pool calls with a session of a role that others have, too.
    cognito_identity_id = identity.get("cognitoIdentityId")
    if cognito_identity_id:
        return ["cognito-identity", cognito_identity_id]
    # A user of a user pool. `sub` is unique within its issuer, the pool.
    if claims.get("sub"):
        return ["user", claims.get("iss", ""), claims["sub"]]
    # An IAM principal: AIDA… is a user, and AROA…:NAME a session of a role. SDKs choose a new name of the
    # session each time they refresh their credentials, so a key belongs to the role.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    caller = identity.get("caller")
    if caller:
        return ["principal", re.sub(r"^(AROA[^:]*):.*", r"\1", caller, flags=re.DOTALL)]
    api_key_id = identity.get("apiKeyId")
    if api_key_id:
        return ["api-key", api_key_id]
    return ["anyone"]


def logged_caller(event: Event) -> str | None:
    """
    The caller for the log: an IAM principal, a user of the pool, the owner of an API key, or an address.
    """
    identity = event["requestContext"]["identity"]
    claims = (event["requestContext"].get("authorizer") or {}).get("claims") or {}
    return (
        identity.get("userArn")
        or claims.get("sub")
        or identity.get("apiKeyId")
        or identity.get("sourceIp")
    )

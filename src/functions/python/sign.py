"""Signs requests to DynamoDB with AWS Signature Version 4."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def sha256(text: str) -> str:
    """SHA-256 in lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def signed_headers(
    host: str,
    target: str,
    body: str,
    region: str,
    credentials: tuple[str, str, str | None],
    date: datetime,
) -> dict[str, str]:
    """
    The headers of `POST /` to DynamoDB, signed at `date`, which is in UTC. The credentials are access key
    id, secret access key and session token, if there is one.
    """
    access_key_id, secret_access_key, session_token = credentials
    amz_date = f"{date:%Y%m%dT%H%M%SZ}"
    # In alphabetical order, as the canonical request requires.
    headers = {"content-type": "application/x-amz-json-1.0", "host": host, "x-amz-date": amz_date}
    if session_token:
        headers["x-amz-security-token"] = session_token
    headers["x-amz-target"] = target

    names = ";".join(headers)
    canonical_headers = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical_request = f"POST\n/\n\n{canonical_headers}\n{names}\n{sha256(body)}"
    scope = f"{amz_date[:8]}/{region}/dynamodb/aws4_request"
    string_to_sign = f"AWS4-HMAC-SHA256\n{amz_date}\n{scope}\n{sha256(canonical_request)}"
    key = f"AWS4{secret_access_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, string_to_sign.encode(), "sha256").hex()
    credential = f"Credential={access_key_id}/{scope}"
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"
    )
    return headers

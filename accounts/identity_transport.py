"""The one way out of accounts: to the configured identity provider, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

SECONDS = 5
LARGEST = 200_000


class ProviderUnreachable(Exception):
    """The provider did not answer as it should."""


def fetch(address: str, data: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Read JSON from the provider: GET, or POST when there is data.

    Raises:
        ProviderUnreachable: no answer, not JSON, or an address that is not the provider's.
    """
    check_address(address)
    verb = "GET" if data is None else "POST"
    try:
        answer = requests.request(
            verb, address, data=data, timeout=SECONDS, allow_redirects=False, stream=True
        )
        answer.raise_for_status()
        body = answer.raw.read(LARGEST, decode_content=True)
        found = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as error:
        raise ProviderUnreachable(repr(error)) from error
    if not isinstance(found, dict):
        raise ProviderUnreachable("not an object")
    return found


def check_address(address: str) -> None:
    """Refuse every address but those of the issuer's own host.

    Raises:
        ProviderUnreachable: it is another host's, or not encrypted.
    """
    wanted, found = urlsplit(settings.IDENTITY_ISSUER), urlsplit(address)
    if (found.scheme, found.netloc) != ("https", wanted.netloc):
        raise ProviderUnreachable("an address outside the provider")

"""An OpenID Connect provider inside the test process: what it is asked, and what it answers."""

from __future__ import annotations

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ISSUER = "https://provider.example/"
CLIENT = "urn:gov:clusters-portal:sample"
HOST = "https://provider.example"
PROVIDER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
CLIENT_KEY = RSAKey.generate_key(2048)

DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{HOST}/authorize",
    "token_endpoint": f"{HOST}/token",
    "jwks_uri": f"{HOST}/keys",
}


class Provider:
    """One provider; a test plants what it wants into ``claims`` and the rest."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.question: dict[str, str] = {}
        self.claims: dict[str, object] = {}
        self.discovery: dict[str, object] = dict(DISCOVERY)
        self.key = PROVIDER_KEY
        self.statement = ""
        self.token_request: dict[str, str] = {}

    def visited(self, address: str) -> None:
        """The person's browser comes with a question."""
        assert address.startswith(f"{HOST}/authorize?")
        values = parse_qs(urlsplit(address).query)
        self.question = {name: value[0] for name, value in values.items()}

    def fetch(self, address: str, data: dict[str, str] | None = None) -> dict[str, object]:
        """Answer the portal."""
        self.asked.append(address)
        if address.endswith("/.well-known/openid-configuration"):
            return self.discovery
        if address == f"{HOST}/keys":
            return KeySet([PROVIDER_KEY]).as_dict(private=False)
        assert address == f"{HOST}/token"
        self.token_request = dict(data or {})
        self._check_the_portal()
        return {"access_token": "unused", "id_token": self.statement or self._signed()}

    def _check_the_portal(self) -> None:
        request = self.token_request
        assertion = jwt.decode(request["client_assertion"], CLIENT_KEY, algorithms=["RS256"])
        assert assertion.claims["iss"] == assertion.claims["sub"] == CLIENT
        assert assertion.claims["aud"] == f"{HOST}/token"
        assert assertion.claims["exp"] > time.time()
        digest = hashlib.sha256(request["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert challenge == self.question["code_challenge"]
        assert request["redirect_uri"] == self.question["redirect_uri"]

    def _signed(self) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, self.stated(), self.key)

    def stated(self) -> dict[str, object]:
        """What the statement says."""
        usual = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "subject-1",
            "nonce": self.question.get("nonce", ""),
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "email": "jo@example.org",
            "email_verified": True,
        }
        return {**usual, **self.claims}


provider = Provider()


def fetch(address: str, data: dict[str, str] | None = None) -> dict[str, object]:
    """The transport that the settings of a test name."""
    return provider.fetch(address, data)

"""Every page that access.toml promises to somebody, seen once per kind of reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from tests.house.tree import ROOT

ROUTES = tomllib.loads((ROOT / "tests" / "web" / "access.toml").read_text(encoding="utf-8"))
# In this order; of people who see the same page, the first one looks.
PERSONAS = (
    "anonymous",
    "group_administrator",
    "authorized_representative",
    "organization_administrator",
    "programme_officer",
    "selecting_official",
    "publisher",
    "agency_administrator",
    "auditor",
    "reviewer",
    "chair",
    "conflicted_reviewer",
    "conflict_officer",
    "finance_officer",
    "grants_officer",
    "certifying_officer",
    "stranger",
)
TAG = re.compile(r"<(?!/|!)(\w+)((?:[^>\"]|\"[^\"]*\")*)>")
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
CLASS = re.compile(r"class=\"([^\"]*)\"")


@dataclass(frozen=True)
class Seen:
    """A page that somebody may open."""

    persona: str
    name: str
    address: str


def shape_of(html: str) -> str:
    """The main part without its words: pages of equal shape have equal barriers."""
    main = MAIN.search(html)
    tags = TAG.findall(main[0] if main else html)
    shape: list[str] = []
    for tag, rest in tags:
        found = CLASS.search(rest)
        part = f"{tag}.{found[1] if found else ''}"
        # A list of twelve has the shape of a list of one.
        if part not in shape[-12:]:
            shape.append(part)
    return "|".join(shape)


def pages_of(world) -> Iterator[Seen]:
    """Each page once per shape, as the first persona who gets it."""
    clients = {persona: client_of(world, persona) for persona in PERSONAS}
    known: set[tuple[str, str]] = set()
    for name, route in ROUTES.items():
        if route.get("method") == "POST":
            continue
        address = route["path"].format(**world.places)
        for persona in PERSONAS:
            if route.get(persona, route.get("anyone")) != 200:
                continue
            answer = clients[persona].get(address)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            shape = (name, shape_of(answer.content.decode()))
            if shape not in known:
                known.add(shape)
                yield Seen(persona, name, address)


def client_of(world, persona: str) -> Client:
    client = Client()
    if persona != "anonymous":
        client.force_login(world.people[persona])
    return client

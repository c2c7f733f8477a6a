"""A refusal from an action becomes a page with the right status."""

import pytest
from django.test import RequestFactory

from clusters_portal.middleware.refusal_page import RefusalPageMiddleware
from kit.refusals import NOT_FOUND, refuse
from trail.actions.claim_key import KeyReused


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (refuse("illegal_transition", "It is decided."), 409),
        (refuse(NOT_FOUND, "Nothing here."), 404),
        (KeyReused(), 422),
    ],
)
def test_status_follows_the_refusal(refused, status, client):
    request = client.get("/about/").wsgi_request
    page = RefusalPageMiddleware(lambda _: None).process_exception(request, refused)
    assert page.status_code == status


def test_other_errors_are_not_answered_here():
    request = RequestFactory().get("/")
    middleware = RefusalPageMiddleware(lambda _: None)
    assert middleware.process_exception(request, ValueError("bug")) is None

"""The shared cache counts across processes and fails open when its server is gone."""

import pytest
from django.core.cache.backends.redis import RedisCache

from clusters_portal.cache import ForgetfulCache, cache_address, cache_at


@pytest.fixture
def gone(tmp_path):
    setting = cache_at(f"redis+socket://{tmp_path}/no-server.sock")["default"]
    return ForgetfulCache(setting["LOCATION"], {"OPTIONS": setting["OPTIONS"]})


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis+socket:///run/a.sock", "unix:///run/a.sock?db=1"),
        ("redis://user:word@broker:6379/0", "redis://user:word@broker:6379/1"),
        ("rediss://broker/0?x=1", "rediss://broker/1"),
    ],
)
def test_the_cache_stands_beside_the_queues(broker, cache):
    assert cache_address(broker) == cache


def test_without_its_server_nothing_is_remembered_and_nobody_locked_out(gone):
    gone.set("a", 1)
    assert gone.get("a", "nothing") == "nothing"
    assert gone.add("a", 1) is True
    assert gone.incr("a") == 1
    assert gone.get_many(["a"]) == {}
    assert gone.set_many({"a": 1}) == []
    assert gone.has_key("a") is False
    assert not gone.touch("a")
    assert not gone.delete("a")
    gone.delete_many(["a"])
    gone.clear()


def test_every_way_to_ask_is_covered():
    asked = {name for name in vars(RedisCache) if not name.startswith("_")} - {
        "get_backend_timeout"
    }
    assert asked <= set(vars(ForgetfulCache))

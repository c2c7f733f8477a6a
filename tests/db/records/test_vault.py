"""The vault: content named by its digest, whole or not there, for the portal's eyes only."""

import hashlib
import io
import stat

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from clusters_portal.storage import document_storages
from kit.refusals import Refused
from records import vault

WORDS = b"The bylaws of the Lake Erie Glass group.\n"
DIGEST = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """Real folders instead of the tests' store in memory."""
    from django.conf import settings  # noqa: PLC0415 - read when the test runs

    kept = {**settings.STORAGES, **document_storages(tmp_path)}
    with override_settings(STORAGES=kept):
        yield tmp_path


def test_a_file_is_kept_under_its_digest(folder):
    assert vault.keep_in_quarantine(io.BytesIO(WORDS)) == (DIGEST, len(WORDS))
    assert (folder / "quarantine" / DIGEST).read_bytes() == WORDS
    assert not vault.is_clean(DIGEST)


def test_only_a_released_file_can_be_opened(folder):
    vault.keep_in_quarantine(io.BytesIO(WORDS))
    with pytest.raises(FileNotFoundError):
        vault.open_clean(DIGEST)
    vault.release_to_clean(DIGEST)
    vault.release_to_clean(DIGEST)
    with vault.open_clean(DIGEST) as kept:
        assert kept.read() == WORDS


def test_files_and_folders_are_private(folder):
    vault.keep_in_quarantine(io.BytesIO(WORDS))
    vault.release_to_clean(DIGEST)
    for alias in ("quarantine", "clean"):
        assert stat.S_IMODE((folder / alias).stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / alias / DIGEST).stat().st_mode) == 0o600


def test_what_the_portal_makes_is_kept_at_once(folder):
    assert vault.keep_clean_bytes(WORDS) == DIGEST
    assert vault.keep_clean_bytes(WORDS) == DIGEST
    with vault.open_clean(DIGEST) as kept:
        assert kept.read() == WORDS


class Broken(io.BytesIO):
    """A connection that ends in the middle."""

    def read(self, size=-1):
        block = super().read(10)
        if self.tell() >= 20:
            raise ConnectionResetError
        return block


def test_a_half_upload_leaves_nothing(folder):
    with pytest.raises(Refused) as refused:
        vault.keep_in_quarantine(Broken(WORDS))
    assert refused.value.refusal.code == "file_not_kept"
    assert not (folder / "quarantine").exists()


def test_a_full_disk_leaves_nothing(folder, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("records.storage.os.fsync", full)
    with pytest.raises(Refused) as refused:
        vault.keep_in_quarantine(io.BytesIO(WORDS))
    assert "Try again" in refused.value.refusal.sentence
    assert list((folder / "quarantine").iterdir()) == []


def test_bytes_altered_in_quarantine_are_not_released(folder):
    vault.keep_in_quarantine(io.BytesIO(WORDS))
    (folder / "quarantine" / DIGEST).write_bytes(b"something else")
    with pytest.raises(vault.DamagedFile):
        vault.release_to_clean(DIGEST)
    assert not vault.is_clean(DIGEST)


@pytest.mark.parametrize("name", ["", "../settings.py", "/etc/passwd", DIGEST.upper(), DIGEST[:-1]])
def test_only_a_digest_names_a_file(folder, name):
    with pytest.raises(ValueError, match="not a digest"):
        vault.open_clean(name)


def test_a_kept_file_has_no_address(folder):
    with pytest.raises(ValueError, match="no address"):
        storages["clean"].url(DIGEST)


def test_quarantine_can_be_listed_and_emptied(folder):
    assert list(vault.quarantined()) == []
    vault.keep_in_quarantine(io.BytesIO(WORDS))
    assert list(vault.quarantined()) == [DIGEST]
    vault.drop_from_quarantine(DIGEST)
    assert list(vault.quarantined()) == []


def test_a_bucket_is_chosen_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_DOCUMENT_BUCKET", "papers")
    chosen = document_storages(tmp_path)
    assert chosen["clean"]["BACKEND"] == "storages.backends.s3.S3Storage"
    assert chosen["clean"]["OPTIONS"]["default_acl"] == "private"
    assert chosen["quarantine"]["OPTIONS"]["location"] == "quarantine"

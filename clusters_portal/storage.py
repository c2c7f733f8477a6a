"""Where documents lie: folders of the portal, or object storage when a bucket is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

ALIASES = ("quarantine", "clean", "inbox")


def document_storages(root: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of ``STORAGES`` for documents.

    ``PORTAL_DOCUMENT_BUCKET`` (with ``PORTAL_DOCUMENT_ENDPOINT`` for a store that is not
    Amazon's) chooses object storage; its keys come from the usual AWS environment names.
    """
    bucket = os.environ.get("PORTAL_DOCUMENT_BUCKET", "")
    if bucket:
        return {alias: _in_bucket(bucket, alias) for alias in ALIASES}
    return {
        alias: {
            "BACKEND": "records.storage.PrivateFolder",
            "OPTIONS": {"location": root / alias},
        }
        for alias in ALIASES
    }


def _in_bucket(bucket: str, alias: str) -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": alias,
            "endpoint_url": os.environ.get("PORTAL_DOCUMENT_ENDPOINT") or None,
            "default_acl": "private",
            "file_overwrite": True,  # a name is a digest: the same name is the same content
            "object_parameters": {"ServerSideEncryption": "AES256"},
        },
    }

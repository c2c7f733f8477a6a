"""Signatures of the portal: on JSON documents (JWS) and inside PDFs, with one set of keys."""

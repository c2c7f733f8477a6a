"""The child process in which pictures and PDF pages are opened: limits first, then the file.

Run as a script with the bytes on standard input; it imports nothing of the portal and answers on
standard output: facts as JSON, a page or a picture as PNG.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from typing import Any

SECONDS, MEMORY, OUTPUT = 20, 1_500_000_000, 60_000_000
PREVIEW_SIDE = 1400


def set_limits() -> None:
    """Bound time, memory and files before anything is read."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_facts(data: bytes) -> dict[str, Any]:
    """Return pages, scripts, attachments; or that a password is needed."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - after the limits
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"pages": 0, "needs_password": "password" in str(error).lower()}
    return {
        "pages": len(document),
        "scripts": raw.FPDFDoc_GetJavaScriptActionCount(document),
        "attachments": raw.FPDFDoc_GetAttachmentCount(document),
        "is_xfa": raw.FPDF_GetFormType(document) in {2, 3},
    }


def pdf_page(data: bytes, number: int) -> bytes:
    """Render one page, counted from 1."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    page = pdfium.PdfDocument(data)[number - 1]
    scale = min(PREVIEW_SIDE / max(page.get_size()), 3.0)
    return as_png(page.render(scale=scale, may_draw_forms=False).to_pil())


def opened_picture(data: bytes) -> Any:  # noqa: ANN401 - Pillow's image
    """Open and decode a picture to its last pixel."""
    from PIL import Image  # noqa: PLC0415

    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = 60_000_000
    picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    picture.load()
    return picture


def picture_facts(data: bytes) -> dict[str, Any]:
    """Return the format and the size of a picture."""
    picture = opened_picture(data)
    return {"format": picture.format, "width": picture.width, "height": picture.height}


def picture_preview(data: bytes) -> bytes:
    """Encode a picture anew: only its pixels are left."""
    from PIL import ImageOps  # noqa: PLC0415

    picture = ImageOps.exif_transpose(opened_picture(data))
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return as_png(picture.convert("RGBA" if "A" in picture.getbands() else "RGB"))


def as_png(picture: Any) -> bytes:  # noqa: ANN401 - Pillow's image
    """Encode pixels, and nothing else."""
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, format="PNG")
    return out.getvalue()


def main() -> None:
    """Do what the first argument says with what comes on standard input."""
    set_limits()
    verb, data = sys.argv[1], sys.stdin.buffer.read()
    if verb == "pdf-page":
        answer = pdf_page(data, int(sys.argv[2]))
    elif verb == "picture-preview":
        answer = picture_preview(data)
    else:
        facts = pdf_facts(data) if verb == "pdf" else picture_facts(data)
        answer = json.dumps(facts).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()

"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

STAMP = (1980, 1, 1, 0, 0, 0)  # a zip's earliest day: the same files give the same archive
PACKED = (".png", ".pdf", ".docx", ".pptx", ".xlsx")  # already: doing it again takes long and gains nothing


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of a zip by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}

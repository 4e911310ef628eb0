"""Elements of SVG and HTML: what is put in as text or attribute is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(tag: str, *children: str, **attributes: object) -> str:
    """An element; without a child it closes itself, with an empty one it does not.

    Args:
        children: elements, or texts that went through `safe`.
        attributes: in their names _ stands for -, and a last one is dropped (``class_``); None leaves one out.
    """
    given = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    named = "".join(f' {name}="{safe(str(value))}"' for name, value in given)
    return f"<{tag}{named}>{''.join(children)}</{tag}>" if children else f"<{tag}{named}/>"


def safe(text: str) -> str:
    """*text* as content or value: nothing of it is markup, and nothing that XML cannot hold is left."""
    return NOT_XML.sub("", escape(text))

"""What a view is made of."""

from __future__ import annotations

from typing import Any

Entry = tuple[str, dict[str, Any]]
View = dict[str, dict[str, Any]]

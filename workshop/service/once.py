"""A command is carried out once: its answer is kept in the same transaction and given again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from workshop.store import Tx
from workshop.store.queries import log

Answer = dict[str, Any]


def once(tx: Tx, actor: str, command_id: str, at: int, work: Callable[[], Answer]) -> Answer:
    """The stored answer to the actor's command, or that of *work*, then stored.

    Args:
        actor: the participant's or account's id; command ids are theirs alone.
        at: epoch milliseconds.
    """
    stored = log.answer(tx, actor, command_id)
    if stored is not None:
        return msgspec.json.decode(stored)
    answer = work()
    log.keep_answer(tx, actor, command_id, msgspec.json.encode(answer).decode(), at)
    return answer

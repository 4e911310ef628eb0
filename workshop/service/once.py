"""A command is carried out once: its answer is kept in the same transaction and given again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

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
        return json.loads(stored)
    answer = work()
    log.keep_answer(tx, actor, command_id, json.dumps(answer), at)
    return answer

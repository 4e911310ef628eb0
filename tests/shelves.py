"""Practices on the shelf of a test's world: two ideas of a day, each a practice, ready to be reviewed."""

from __future__ import annotations

from typing import Any

from tests.support import World
from workshop.model import new_id
from workshop.service import commands as c

BUYERS = (("Ada", "City", "name"), ("Bo", "Bank", "organisation"), ("Cleo", "University", "anonymous"))


class Shelf:
    """A day of three buyers with two practices; a test adds what it needs.

    Args:
        world: whose session it is.
        day: whether it has happened already.
    """

    def __init__(self, world: World, day: bool = True) -> None:
        self.world = world
        if day:
            self._happen(world)

    def _happen(self, world: World) -> None:
        self.ada, self.bo, self.cleo = (world.come(*buyer) for buyer in BUYERS)
        world.phase("write")
        self.reuse = world.writes(self.ada, "Take-back with reuse", detail="Collect, erase, sell.")
        self.repair = world.writes(self.bo, "Repair before replacing", theme=world.use)
        world.phase("share")
        self.done = self.says(self.bo, self.reuse, "do", text="In our agreement since 2024.", result="62 % reused")
        self.would = self.says(self.cleo, self.reuse, "would", text="Once the contract ends.")
        self.practices = [self.put(self.reuse, "Less electronic waste", world.waste), self.put(self.repair, "Better use", world.use)]

    def says(self, who: Any, idea: str, kind: str, **words: Any) -> str:
        """An experience; its id."""
        id_ = new_id()
        self.world.does(who, c.ExperiencePut, experience=id_, idea=idea, kind=kind, **words)
        return id_

    def put(self, idea: str, theme: str, theme_id: str, state: str = "review") -> str:
        """A practice of the idea; its id."""
        world, id_ = self.world, new_id()
        title = next(i.title for i in world.record.ideas if i.id == idea)

        def make(tx: Any) -> None:
            tx.run(
                """INSERT INTO practices (id, event_id, session_id, theme_id, theme, title, position, state, rev, created_at, updated_at)
                   VALUES (:id, :event, :session, :theme_id, :theme, :title, 1, :state, 1, 1, 1)""",
                id=id_, event=world.event.id, session=world.session.id, theme_id=theme_id, theme=theme, title=title, state=state,
            )
            tx.run("INSERT INTO practice_ideas (practice_id, idea_id, position) VALUES (:id, :idea, 1)", id=id_, idea=idea)

        world.store.write(make)
        return id_

    def state(self, practice: str, state: str) -> None:
        """Put a practice into a state."""
        self.world.store.write(lambda tx: tx.run("UPDATE practices SET state = :s WHERE id = :id", s=state, id=practice))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Everything stored in a table, oldest first."""
        return [dict(row) for row in self.world.store.read(lambda tx: tx.all(f"SELECT * FROM {table} ORDER BY rowid"))]

    def organisation(self, name: str) -> str:
        """The id of the organisation."""
        return next(o.id for o in self.world.organize.event(self.world.event.id).organisations if o.name == name)

"""A word of a command about one record, and the button of the same effect: both lead to the same function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.context import Answer, Turn
from handlers.routes import Routes, Word
from storage.store import Shelves

RecordT = TypeVar("RecordT")


@dataclass(frozen=True)
class Stepping(Generic[RecordT]):
    """How the record of a step is found: in what was typed, beside what else was; or by what a button carries."""

    find: Callable[[Turn, Shelves, str], tuple[RecordT, str]]
    by_value: Callable[[Turn, Shelves], RecordT]

    def word(
        self,
        routes: Routes,
        name: str,
        action: str,
        do: Callable[[Turn, Shelves, RecordT, str], Answer],
        usage: str,
        meaning: str,
        aliases: tuple[str, ...] = (),
    ) -> Word:
        """Return the word of a step; its button is registered with it, and carries on what a picker was asked with."""

        def typed(turn: Turn, shelves: Shelves) -> Answer:
            return do(turn, shelves, *self.find(turn, shelves, action))

        def pressed(turn: Turn, shelves: Shelves) -> Answer:
            return do(turn, shelves, self.by_value(turn, shelves), turn.value.partition(":")[2])

        routes.button(action, pressed)
        return Word(name, typed, usage, meaning, aliases)

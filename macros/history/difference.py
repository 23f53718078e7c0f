"""One difference between two states of a record, and the sentence for it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

NOTHING = ""


class ChangeKind(StrEnum):
    """What happened to a value."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Difference(BaseModel):
    """One difference in a record."""

    model_config = ConfigDict(frozen=True)

    kind: ChangeKind = Field(description="What happened to it.")
    place: tuple[str, ...] = Field(description="Where it stands, in words: the part, the list, the item, the field.")
    was: str = Field(NOTHING, description="What was there, in words; empty if nothing was.")
    now: str = Field(NOTHING, description="What is there, in words; empty if nothing is.")
    field: str = Field(description="The path of the field in the file, such as `training.events[2].when`.")

    is_edited: bool = Field(False, description="Whether what moved was edited as well, which is told by itself.")

    @property
    def is_source(self) -> bool:
        """Whether it is about the source of a statement."""
        return self.field.rpartition(".")[2] == "source"

    @property
    def list_field(self) -> str:
        """The list that an item was added to or taken from, such as `gaps`; "" for any other difference."""
        return self.field.rpartition("[")[0] if self.field.endswith("]") else ""

    def sentence(self) -> str:
        """Return the difference as one sentence, without the record's name."""
        place = " › ".join(self.place) or "Rows"
        match self.kind:
            case ChangeKind.CHANGED if not self.was:
                return f"{place}: now {self.now}, where nothing was said."
            case ChangeKind.CHANGED if not self.now:
                return f"{place}: was {self.was}, now nothing is said."
            case ChangeKind.CHANGED:
                return f"{place}: was {self.was}, now {stopped(self.now)}"
            case ChangeKind.ADDED:
                return f"{place}: new: {stopped(self.now)}"
            case ChangeKind.REMOVED:
                return f"{place}: taken out: {stopped(self.was)}"
            case ChangeKind.MOVED:
                return f"{place}: {'moved' if self.is_edited else 'only moved,'} from {self.was} to {self.now}."


def stopped(text: str) -> str:
    """Return a text with a full stop, unless it already ends like a sentence."""
    return text if text.rstrip("”)*").endswith((".", "?", "!")) else f"{text}."

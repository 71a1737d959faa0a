"""The record of released addresses: what each led to when it was released."""

from dataclasses import dataclass, field

from sitegen.problems import Passage, Place


@dataclass(frozen=True)
class ReleasedAddress:
    """An address of a report as it was released, with the first words that it led to.

    `leads_to` is what the address was an alias of, "" where it was the words' own. `words` know their line in the
    record; what a release would add has none yet.
    """

    report: str
    address: str
    leads_to: str
    words: Passage

    @property
    def place(self) -> Place:
        """Its line in the record."""
        return self.words.place

    @property
    def line(self) -> str:
        """How the record writes it."""
        arrow = f" -> {self.leads_to}" if self.leads_to else ""
        return f"{self.report}/{self.address}{arrow} {self.words}"


@dataclass(frozen=True)
class RecordLines:
    """The lines of the record about one report as they stand there, and the number of each."""

    text: str = ""
    numbers: tuple[int, ...] = field(default=(), compare=False)

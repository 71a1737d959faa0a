"""What joins the reports of several years, as pages show it."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Neighbour:
    """Another report, as a link to it needs it."""

    id: str
    title: str


@dataclass(frozen=True)
class Entry:
    """A report on the shelf: its id and title, and who issued it, "" where nobody is named.

    `about` and `outline` are filled in: what is said of it, with the ways into it, and its contents.
    """

    report: str
    title: str
    issuer: str
    about: Markup
    outline: Markup


@dataclass(frozen=True)
class Near:
    """The reports of the same issuer beside one, by year, where there are any."""

    earlier: Neighbour | None = None
    later: Neighbour | None = None


@dataclass(frozen=True)
class Mention:
    """A term as one report has it: `id` is its address on that report's page of terms."""

    report: str
    title: str
    id: str
    text: str
    pinyin: str
    variants: tuple[str, ...]
    count: int

    @property
    def address(self) -> str:
        """Its address on the page of all reports' terms."""
        return f"{self.report}-{self.id}"


@dataclass(frozen=True)
class Joined:
    """A term of all reports, called as the newest that mentions it does; `mentions` begin with that."""

    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The term."""
        return self.mentions[0].text

    @property
    def pinyin(self) -> str:
        """Its pinyin, without tones."""
        return self.mentions[0].pinyin

    @property
    def letter(self) -> str:
        """The letter that it is listed under."""
        return self.pinyin[0].upper()

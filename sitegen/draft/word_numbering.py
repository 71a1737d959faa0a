"""A Word document's lists → the number that Word makes for each of their paragraphs."""

from dataclasses import dataclass, field, replace

from lxml import etree

from sitegen.draft.counting import count_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    """How a level of a list is numbered: from what number on, in which form, in which text (%1 is the first level).

    It begins anew behind every level above it, or only behind those above `restart`; `is_legal` shows all as 1.1.1.
    """

    start: int
    form: str
    text: str
    restart: int
    is_legal: bool


@dataclass
class Numbering:
    """The document's lists, and how far each has been counted."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)  # by list and level
    definitions: dict[str, str] = field(default_factory=dict)  # by list: the definition that it counts with
    restarts: set[tuple[str, int]] = field(default_factory=set)  # lists and levels that begin anew when first used
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)  # by definition and level

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> "Numbering":
        """Read the lists of a document and the styles that number paragraphs."""
        found = cls()
        if styles is not None:
            found._read_styles(styles)
        if numbering is None:
            return found
        definitions: dict[str, etree._Element] = {}
        for definition in numbering.iter(f"{W}abstractNum"):
            definitions[definition.get(f"{W}abstractNumId", "")] = definition
        numbers = {number.get(f"{W}numId", ""): number for number in numbering.iter(f"{W}num")}
        for id, number in numbers.items():
            definition_id = value(number, "abstractNumId")
            style = value(definitions[definition_id], "numStyleLink") if definition_id in definitions else ""
            if style in found.styles:  # which names the list whose definition counts
                definition_id = value(numbers.get(found.styles[style][0], number), "abstractNumId")
            found.definitions[id] = definition_id
            if definition_id in definitions:
                found._read_levels(id, definitions[definition_id])
            for override in number.iter(f"{W}lvlOverride"):
                found._read_override(id, override)
        return found

    def _read_levels(self, id: str, definition: etree._Element) -> None:
        for level in definition.iter(f"{W}lvl"):
            at = as_number(level.get(f"{W}ilvl"), 0)
            self.levels[id, at] = _Level(
                as_number(value(level, "start"), 1),
                value(level, "numFmt") or "decimal",
                value(level, "lvlText"),
                as_number(value(level, "lvlRestart"), _LEVELS),
                is_on(level.find(f"{W}isLgl")),
            )

    def _read_override(self, id: str, override: etree._Element) -> None:
        at = as_number(override.get(f"{W}ilvl"), 0)
        self._read_levels(id, override)
        known = self.levels.get((id, at))
        if known and (start := value(override, "startOverride")):
            self.levels[id, at] = replace(known, start=as_number(start, known.start))
            self.restarts.add((id, at))

    def _read_styles(self, styles: etree._Element) -> None:
        """The lists that styles bring, their own or those of the style that they are based on."""
        own: dict[str, tuple[str, int]] = {}
        bases: dict[str, str] = {}
        for style in styles.iter(f"{W}style"):
            id = style.get(f"{W}styleId", "")
            bases[id] = value(style, "basedOn")
            number = style.find(f"{W}pPr/{W}numPr")
            if number is not None:
                own[id] = value(number, "numId"), as_number(value(number, "ilvl"), 0)
        for id in bases:
            seen, at = {id}, id
            while at not in own and bases.get(at) and bases[at] not in seen:
                at = bases[at]
                seen.add(at)
            if at in own:
                self.styles[id] = own[at]

    def number(self, paragraph: etree._Element) -> str:
        """The number that Word shows before a paragraph, "" where it has none or only a bullet; it is counted."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        id, at = self.styles.get("" if style is None else style.get(f"{W}val", ""), ("", 0))
        if own is not None:
            id, at = value(own, "numId") or id, as_number(value(own, "ilvl"), at)
        level = self.levels.get((id, at))
        if level is None:
            return ""
        counted = self._count(id, at, level)
        if level.form == "bullet":
            return ""
        text = level.text
        for above in range(at + 1):
            its = self.levels.get((id, above), level)
            form = "decimal" if level.is_legal else its.form
            text = text.replace(f"%{above + 1}", count_in(form, counted.get(above, its.start)))
        return f"{text} " if text[-1:].isalnum() else text

    def _count(self, id: str, at: int, level: _Level) -> dict[int, int]:
        """How far each level of a list's definition is counted, with one more of a level."""
        counted = self.counted.setdefault(self.definitions[id], {})
        if (id, at) in self.restarts:
            self.restarts.remove((id, at))
            counted.pop(at, None)
        counted[at] = counted.get(at, level.start - 1) + 1
        for below in range(at + 1, _LEVELS):
            its = self.levels.get((id, below))
            if its is None or at < its.restart:
                counted.pop(below, None)
        return counted


def value(element: etree._Element, name: str) -> str:
    """What an element of this name within another says, "" where there is none."""
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def is_on(switch: etree._Element | None) -> bool:
    """Whether a switch is there and not set to off."""
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")


def as_number(text: str | None, otherwise: int) -> int:
    """A number in digits, or another where the text is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise

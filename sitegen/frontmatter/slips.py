"""A line of YAML that was mistyped → the line as it was meant; pure functions.

They are asked only about lines where something is wrong, and what they propose is tried before it is told: a text may
hold ： and “ ” and ＃ where they belong.

| typed                             | meant                      |
|-----------------------------------|----------------------------|
| title：题   title:题   ｔｉｔｌｅ: 题  | title: 题                  |
| － 甲   -甲   • 甲                 | - 甲                       |
| {item：s1， unit：件}   ［甲，乙］    | {item: s1, unit: 件}       |
| aliases: {s1-9：s1}   s1-9: s1    | aliases: {s1-9: s1}        |
| U+3000 or a Tab before a key      | spaces                     |
| title: 甲: 乙   title: @甲         | title: "甲: 乙"   "@甲"     |
| {unit: %, measures: 甲: 乙}        | {unit: "%", measures: "甲: 乙"} |
| issuer: 甲 #乙                     | issuer: "甲 #乙"            |
"""

import json
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from sitegen.problems import Rule

_COLONS = "：﹕∶︰"
_LIST_MARK = re.compile(r"[－—–―‐‑−﹣•·●＊*]\s*(?=\S)|-\s*(?=[^\s-])")
_KEY = re.compile(rf"([^:{_COLONS}]{{1,400}})([:{_COLONS}])(\s*)(.*)")
_IN_BRACES = re.compile(rf"([{{｛,，、;；])(\s*)([A-Za-zＡ-Ｚａ-ｚ_＿]{{1,40}})\s*[:{_COLONS}]\s*")
_PAIR = re.compile(r"(?<=[{,])(\s*)([a-z_]{1,40}): +(?=\S)")  # a key within { }, before its value
_MORE_THAN_WORDS = re.compile(r"[%@`&*!|>#]|[^\"'\[{].*:(?: |$)|[^\"'\[{].* #")
_BRACKETS = str.maketrans({"［": "[", "］": "]", "｛": "{", "｝": "}"})
_ADDRESS = re.compile(r"s\d+[a-z]*(-\d+[a-z]*)*(-p\d+)?")
_OWN_IN_BRACES = re.compile(
    rf"\s*[:{_COLONS}]\s*(?P<addresses>{_ADDRESS.pattern}(?: {_ADDRESS.pattern})*)\s*(?P<end>[,，、;；]|(?=}}))\s*"
)
_OWN_KEY = re.compile(rf"(.+):[ \t]+({_ADDRESS.pattern})[ \t]*")
_QUOTES = " \"'“”‘’＂＇"
_NAMES = {"\t": "a Tab", "\u3000": "the full-width space U+3000", "\xa0": "the no-break space U+00A0"}


@dataclass(frozen=True)
class Mended:
    """A line as it was meant, the rule that it broke as it stands, and what must be so."""

    line: str
    rule: Rule
    message: str


def quoted(text: str) -> str:
    """A text in quotes, as YAML reads it back."""
    if "\\" in text and text[0] == text[-1] == '"':  # in quotes already, where a backslash means more than itself
        text = text[1:-1]
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def fold_key(key: str) -> str:
    """A key without what only a keyboard put there: full-width forms, capitals, quotes, spaces."""
    visible = "".join(character for character in key if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", visible).casefold().strip(_QUOTES)


def mend_indent(line: str, before: str) -> Mended | None:
    """A line that is indented with something else than spaces; `before` is the line before it."""
    words = line.lstrip()
    odd = line[: len(line) - len(words)].strip(" ")
    if not odd or not words:
        return None
    deeper = 2 * (before.rstrip()[-1:] in (":", *_COLONS) or (before.lstrip()[:1] == "-" and words[0] not in "-－"))
    indent = len(before) - len(before.lstrip(" ")) + deeper
    message = f"must be indented with ASCII spaces, not with {_named(odd[0])}"
    return Mended(" " * indent + words, "yaml-typing", message)


def mend_typing(line: str, keys: Container[str]) -> Mended | None:
    """A line whose list mark, key, colon or brackets are not those of ASCII, or lack the space behind them."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    words = line.strip()
    if not words or words.startswith("#"):
        return None
    reasons: list[str] = []
    mark = ""
    if words.startswith("- "):
        mark, words = "- ", words[2:].lstrip(" ")
    elif match := _LIST_MARK.match(words):
        reasons.append("a list's mark is a hyphen and a space, both of ASCII")
        mark, words = "- ", words[match.end() :]
    words = _mend_brackets(_mend_key(words, keys, reasons), keys, reasons)
    if not reasons:
        return None
    return Mended(indent + mark + words, "yaml-typing", f'must be typed "{mark}{words}": {", ".join(reasons)}')


def mend_value(line: str, keys: Container[str]) -> Mended | None:
    """A line whose value, or key of the editor's own, YAML would read as something else, put in quotes."""
    prefix, words = _part(line)
    own = _OWN_KEY.fullmatch(words)
    if own and own[1][0] not in "\"'" and own[1].partition(": ")[0] not in keys:
        return Mended(
            f"{prefix}{quoted(own[1])}: {own[2]}", "yaml-valid", f"the key must be in quotes: {quoted(own[1])}"
        )
    key, colon, value = words.partition(": ")
    if colon and value.strip() and (fold_key(key) in keys or not prefix.endswith("- ")):
        prefix, words = f"{prefix}{key}: ", value.lstrip(" ")
    words = re.sub(r"(?<=\S)\s+#(\s.*)?$", "", words).rstrip()
    if not words.strip("-.") or words[0] == "#":
        return None
    if within := _quote_within(words, keys):
        mended, values = within
        message = f"within {{ }} must be in quotes: {', '.join(map(quoted, values))}"
        return Mended(prefix + mended, "yaml-valid", message)
    if words[0] == "{" and words[-1] != "}" and ": " in words:
        return Mended(f"{prefix}{words}}}", "yaml-valid", f"the value must close its {{: {words}}}")
    if prefix.endswith(": ") and _OWN_KEY.fullmatch(words):
        return Mended(f"{prefix}{{{words}}}", "yaml-valid", f"the value must be in braces: {{{words}}}")
    message = f"must be in quotes: {quoted(words)}"
    if words[0] in "[{" and words[-1] not in "]}":
        message = f"must close its {words[0]}, or, if it is meant as text, be in quotes: {quoted(words)}"
    elif words[0] in "\"'":
        message = f"must close its {words[0]} at its end and hold none within, or be in other quotes: {quoted(words)}"
    return Mended(prefix + quoted(words), "yaml-valid", f"the value {message}")


def _quote_within(words: str, keys: Container[str]) -> tuple[str, list[str]] | None:
    """The words of { } with those of its values in quotes that mean more than words, and these values."""
    if words[0] != "{" or words[-1] != "}":
        return None
    pairs = [pair for pair in _PAIR.finditer(words) if pair[2] in keys]
    mended, values, done = "", [], 0
    for at, pair in enumerate(pairs):
        end = pairs[at + 1].start() - 1 if at + 1 < len(pairs) else len(words) - 1
        value = words[pair.end() : end].rstrip()
        if _MORE_THAN_WORDS.match(value):
            mended += words[done : pair.end()] + quoted(value)
            values.append(value)
            done = pair.end() + len(value)
    return (mended + words[done:], values) if values else None


def mend_cut_value(line: str, at: int) -> Mended | None:
    """A line whose value is cut, or swallowed whole, by the # at `at` that has no space behind it, put in quotes."""
    prefix, words = _part(line)
    key, colon, _ = words.partition(":")
    if colon and len(prefix) + len(key) < at:
        behind = words[len(key) + 1 :]
        prefix, words = f"{prefix}{key}: ", behind.lstrip(" ")
    if words[:1] in ("[", "{", '"', "'"):
        return None
    words = words.rstrip()
    cut = line[at:].rstrip()
    message = f'the value must be in quotes, {quoted(words)}: from a # behind a space on, "{cut}", YAML leaves all out'
    return Mended(prefix + quoted(words), "comment-cuts", f"{message}; a comment has a space behind its #")


def mend_comment(line: str, at: int) -> Mended:
    """A line whose comment, at `at`, has no space behind its #."""
    message = f'must have a space behind #, "# {line[at + 1 :].rstrip()}", if that is a comment'
    return Mended(f"{line[:at]}# {line[at + 1 :]}", "comment-cuts", message)


def _part(line: str) -> tuple[str, str]:
    """The indentation of a line, with its list's mark if it has one, and its words."""
    words = line.lstrip(" ")
    if words.startswith("- "):
        words = words[2:].lstrip(" ")
    return line[: len(line) - len(words)], words


def _mend_key(words: str, keys: Container[str], reasons: list[str]) -> str:
    """The words of a line with the key that they begin with as it must be typed, if they begin with one."""
    match = _KEY.match(words)
    if not match:
        return words
    before_colon, colon, space, value = match.groups()
    typed = before_colon.rstrip()
    key = fold_key(typed) if fold_key(typed) in keys else typed
    is_own = colon != ":" and (not value or _ADDRESS.fullmatch(value))  # a key of the editor's own
    if key not in keys and not is_own and not (value and not space and _ADDRESS.fullmatch(value)):
        return words
    known = len(reasons)
    if key != typed:
        reasons.append(f'the key is "{key}", in small letters of ASCII')
    if odd := before_colon[len(typed) :].strip(" "):
        reasons.append(f"{_named(odd)} stands before the colon")
    if colon != ":":
        reasons.append(f"{colon} is a full-width colon")
    elif value and space[:1] != " ":
        reasons.append(f"{_named(space[0])} stands behind the colon" if space else "there is no space behind the colon")
    if len(reasons) == known:
        return words
    return f"{key}: {value}" if value else f"{key}:"


def _mend_brackets(words: str, keys: Container[str], reasons: list[str]) -> str:
    """The words of a line with the keys within { } and full-width brackets as they must be typed."""
    at = next((at for at, character in enumerate(words[:400]) if character in "{｛［"), len(words))
    if words[at : at + 1] not in ("{", "｛", "［") or (words[:at].strip() and words[:at].rstrip()[-1] != ":"):
        return words
    inner = words[at:].translate(_BRACKETS) if words[at] in "｛［" or words[-1] in "｝］" else words[at:]
    if inner != words[at:]:
        reasons.append("brackets are those of ASCII")
        if inner[0] == "[":
            inner = re.sub(r"[，、]\s*", ", ", inner)

    def typed_key(match: re.Match[str]) -> str:
        key = fold_key(match[3])
        if key not in keys:
            return match[0]
        return f"{{{key}: " if match[1] in "{｛" else f", {key}: "

    def typed_own(match: re.Match[str]) -> str:
        return f": {match['addresses']}{', ' if match['end'] else ''}"

    mended = _IN_BRACES.sub(typed_key, _OWN_IN_BRACES.sub(typed_own, inner)) if inner[0] == "{" else inner
    if re.sub(r"\s+", "", mended) != re.sub(r"\s+", "", inner) or re.search(r"[A-Za-z]:(?! )|:(?=s\d)", inner):
        reasons.append("within { } stand a comma, and a colon with a space behind it, of ASCII")
    elif inner == words[at:]:
        return words
    return words[:at] + mended


def _named(character: str) -> str:
    return _NAMES.get(character[0], f"U+{ord(character[0]):04X}")

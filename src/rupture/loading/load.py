"""From a YAML or JSON file or a mapping to a case, with every complaint at once and at its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from rupture.case.consistency import faults
from rupture.case.field_path import DEEPEST, FieldPath
from rupture.case.model import Case
from rupture.errors import CaseError, Problem
from rupture.language import languages
from rupture.loading.changes import apply_change
from rupture.loading.complaints import problems_of, shown
from rupture.loading.files import read_files
from rupture.loading.origin import Origin
from rupture.loading.phrases import unfit_phrases
from rupture.loading.yaml_reader import read
from rupture.page import layouts
from rupture.resources.locales import locales
from rupture.resources.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rupture.case.field_path import Steps

#: The largest case file, in bytes; the longest example has 6,000.
LARGEST_CASE: Final = 2_000_000
_MOST_BITS: Final = 200


def load(source: str | Path | Mapping[str, Any], *, changes: Sequence[str] = (), today: dt.date | None = None) -> Case:
    """Return the case of a file or of a mapping.

    Args:
        source: the path of a YAML or JSON file, or the mapping that such a file holds.
        changes: ``field=value`` pairs that replace fields, such as ``end.date=2027-03-31``.
        today: the letter's date where the case gives none; by default the day of the call.

    Raises:
        CaseError: with every problem found, each with its file, line, column and field.
        InputError: the file cannot be read.
    """
    data, origin = read_source(source)
    for change in changes:
        apply_change(data, change)
    return build(data, origin, today or dt.date.today())  # noqa: DTZ011  the writer's own calendar day


def build(data: Mapping[str, Any], origin: Origin, today: dt.date) -> Case:
    """Return the case that plain data holds.

    Args:
        data: what `read_source` returns.
        origin: where it comes from.
        today: the letter's date where the data give none.

    Raises:
        CaseError: with every problem found.
    """
    if data.get("date") is None:
        data = {**data, "date": today}
    try:
        case = Case.model_validate(data, context=_context(data))
    except ValidationError as error:
        raise CaseError(problems_of(error, data, origin)) from None
    if problems := [origin.problem(path, message) for path, message in (*faults(case), *unfit_phrases(case))]:
        raise CaseError(problems)
    case._files = read_files(case, origin)  # noqa: SLF001  as the next line
    case._origin = origin  # noqa: SLF001  a private attribute, so that two equal cases stay equal
    return case


def _context(data: Mapping[str, Any]) -> dict[str, object]:
    """Return what the values of a case are read with: the pages there are, and the money of its locale."""
    locale = str(data.get("locale"))
    if (code := locales().get(locale)) is None:
        return {"layouts": layouts.names()}
    language = languages.get(code)
    signs = {sign: currency for currency, sign in language.styles[locale].signs}
    return {"layouts": layouts.names(), "currency": language.currencies[locale], "signs": signs}


# ---------------------------------------------------------------- plain data


def read_source(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], Origin]:
    """Return the plain data of a file or of a mapping, and where each field stands.

    Args:
        source: the path of a YAML or JSON file, or the mapping that such a file holds.

    Raises:
        CaseError: the file is not a mapping in YAML or JSON.
        InputError: it cannot be read.
    """
    if isinstance(source, Mapping):
        return {key: _copied(value, (key,)) for key, value in _keyed(source, ())}, Origin()
    return read(str(source), _text_of(Path(source)))


def _text_of(path: Path) -> str:
    raw = read_bytes(path, most=LARGEST_CASE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CaseError([Problem("", "not UTF-8 text: save the file as UTF-8", str(path), line, 1)]) from None


def _keyed(part: Mapping[Any, Any], steps: Steps) -> Iterator[tuple[str, Any]]:
    for key, value in part.items():
        if not isinstance(key, str):
            raise _unfit(steps, f"the key {shown(key)} is not text: put it in quotes")
        yield key, value


def _copied(value: Any, steps: Steps) -> Any:  # noqa: ANN401  whatever a mapping holds
    """Return a copy of the lists and keys of a mapping, so that the caller's stay as they are."""
    if len(steps) > DEEPEST:
        raise _unfit(steps, f"nested more than {DEEPEST} levels deep")
    if isinstance(value, Mapping):
        return {key: _copied(item, (*steps, key)) for key, item in _keyed(value, steps)}
    if isinstance(value, list | tuple):
        return type(value)([_copied(item, (*steps, index)) for index, item in enumerate(value)])
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:  # Python itself does not write out the largest
        raise _unfit(steps, "a number of more than sixty digits")
    return value


def _unfit(steps: Steps, message: str) -> CaseError:
    return CaseError([Problem(str(FieldPath(steps)), message)])

"""`rupture rules`: the rules of the review, what they make of a sentence, and their samples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from rupture.cli.exit_codes import HELD_BACK
from rupture.cli.options import WithExamples, templates_option
from rupture.errors import InputError
from rupture.resources import locales
from rupture.reviewing.rules.registry import all_rules
from rupture.reviewing.tone.explain import explain
from rupture.reviewing.tone.rulebook import rulebook
from rupture.reviewing.tone.samples import failures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rupture.reviewing.tone.explain import Match, Place
    from rupture.reviewing.tone.rulebook import Rulebook, ToneRule

_COLOURS: Final = {"error": "red", "warning": "yellow", "hint": "cyan"}

_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or programs.",
)


class Row(NamedTuple):
    """One row of the list of rules."""

    code: str
    severity: str
    kind: str
    catches: str


class _Rules(WithExamples, click.Group):
    """A group whose help ends on examples."""


@click.group(
    cls=_Rules,
    invoke_without_command=True,
    examples="""
    rupture rules --locale fr-FR
    rupture rules try "You never answer." --locale en-GB
    rupture rules test gen.always
    """,
)
@click.option("--locale", default="en", show_default=True, help="Locale or language of the tone rules.")
@templates_option
@_format_option
@click.pass_context
def rules(context: click.Context, locale: str, templates: Path | None, form: str) -> None:
    """List the rules of the review, or try the tone rules.

    Without a command, it lists every rule with its code, its severity and what it catches.
    """
    if context.invoked_subcommand is None:
        rows = list(_rows(rulebook(_language(locale), _folder(templates))))
        click.echo(
            json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2)
            if form == "json"
            else _table(rows)
        )


def _rows(book: Rulebook) -> Iterator[Row]:
    yield from (Row(rule.code, rule.severity, "facts", rule.holds) for rule in all_rules())
    yield from (Row(rule.code, rule.severity, "tone", rule.catches) for rule in book.rules)


def _table(rows: Iterable[Row]) -> str:
    return "\n".join(
        f"{click.style(f'{row.code:<22}', bold=True)} {_severity(row.severity, 7)}  {row.kind:<5}  {row.catches}"
        for row in rows
    )


def _severity(severity: str, width: int = 0) -> str:
    return click.style(f"{severity:<{width}}", fg=_COLOURS[severity])


# ---------------------------------------------------------------- try


@rules.command(
    name="try",
    cls=WithExamples,
    examples="""
    rupture rules try "You never answer." --locale en-GB
    rupture rules try "Vous êtes arrogant." --locale fr-FR --templates mine
    """,
)
@click.argument("text")
@click.option("--locale", required=True, help="Locale or language of the text.")
@templates_option
@_format_option
def try_(text: str, locale: str, templates: Path | None, form: str) -> None:
    """Show which rule and line match TEXT, and which excuse lets it go."""
    matches = list(explain(rulebook(_language(locale), _folder(templates)), text))
    if form == "json":
        click.echo(json.dumps([_as_data(match) for match in matches], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(map(_as_text, matches)) or "no rule matches")


def _as_data(match: Match) -> dict[str, object]:
    return {
        "code": match.rule.code,
        "severity": match.rule.severity,
        "words": match.words,
        "pattern": match.pattern and _place_data(match.pattern),
        "excuse": match.excuse and {"name": match.excuse_name, **_place_data(match.excuse)},
    }


def _place_data(place: Place) -> dict[str, object]:
    return {"file": str(place.file), "line": place.line, "text": place.text}


def _as_text(match: Match) -> str:
    rule, lines = match.rule, []
    head = f"{_severity(rule.severity)} {click.style(rule.code, bold=True)}: {match.words}"
    lines.append(click.style("let go ", fg="green") + head if match.excuse else head)
    lines.append(
        f"    matched by {_written(match.pattern)}" if match.pattern else f"    matched by the check {rule.check}"
    )
    if match.excuse:
        name = f"the excuse {match.excuse_name}, " if match.excuse_name else "its own excuse, "
        lines.append(f"    let go by {name}{_written(match.excuse)}")
    return "\n".join(lines)


def _written(place: Place) -> str:
    here = Path.cwd()
    file = place.file.relative_to(here) if place.file.is_relative_to(here) else place.file
    return f"{file}:{place.line}\n        {place.text}"


# ---------------------------------------------------------------- test


@rules.command(
    name="test",
    cls=WithExamples,
    examples="""
    rupture rules test
    rupture rules test own.jargon --locale en --templates mine
    """,
)
@click.argument("code", required=False)
@click.option("--locale", help="Locale or language of the rules; every language when left out.")
@templates_option
def test(code: str | None, locale: str | None, templates: Path | None) -> None:
    """Run the samples of the rule CODE, or of all.

    Exit code 1 when a sample fails.
    """
    chosen = [_language(locale)] if locale else list(locales.languages())
    pairs = [(language, book, rule) for language, book in _books(chosen, templates) for rule in book.rules]
    pairs = [pair for pair in pairs if code in {None, pair[2].code}]
    if not pairs:
        raise InputError(f"there is no tone rule {code!r}: `rupture rules` lists them")
    reports = [_report(*pair) for pair in pairs]
    click.echo("\n".join(text for text, _ in reports))
    if any(failed for _, failed in reports):
        raise SystemExit(HELD_BACK)


def _books(chosen: Iterable[str], templates: Path | None) -> Iterator[tuple[str, Rulebook]]:
    for language in chosen:
        yield language, rulebook(language, _folder(templates))


def _report(language: str, book: Rulebook, rule: ToneRule) -> tuple[str, bool]:
    failed = list(failures(book, rule))
    counts = f"{len(rule.hits)} to catch, {len(rule.misses)} to leave alone"
    state = click.style(f"{len(failed)} failed", fg="red") if failed else click.style("passed", fg="green")
    lines = "".join(f"\n  {each}" for each in failed)
    return f"{language} {click.style(rule.code, bold=True)}: {counts}, {state}{lines}", bool(failed)


# ---------------------------------------------------------------- both


def _language(locale: str) -> str:
    language = locale.partition("-")[0]
    if language not in locales.languages():
        raise InputError(f"unknown language {locale!r}: {', '.join(locales.languages())}")
    return language


def _folder(templates: Path | None) -> Path | None:
    return templates.resolve() if templates else None

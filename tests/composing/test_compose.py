"""From a case to the letter's tree: what every letter says, whose words they are, and what templates may do."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment
from reading import bare, block_lines, body_of, fold

import rupture
from rupture.case import catalogue
from rupture.case.relationship import End
from rupture.composing.compose import MOST_FACTS, chosen_facts
from rupture.language import languages, typography
from rupture.letter.tree import Bullets, Paragraph, runs_of
from rupture.page import layouts
from rupture.resources import paths
from rupture.reviewing import rulefiles

if TYPE_CHECKING:
    from pathlib import Path

#: What is not a block of letter.html: the steps, and what each message writes itself.
AROUND = {"*", "subject", "close"}
STEPS = ("gratitude", "framing", "goodwill", "apology", "alternatives")
TEMPLATES = paths.templates_root()
LANGUAGES = languages.codes()
REASONS = tuple(catalogue.reasons())


def value_at(case: rupture.Case, path: str) -> str:
    """Return what stands in a field, such as ``reasons[0].facts[1].what``."""
    here = case
    for step in re.findall(r"[^.\[\]]+|\[\d+\]", path):
        if step.startswith("["):
            here = here[int(step[1:-1])]
        else:
            here = getattr(here, step if step in type(here).model_fields else f"{step}_")
    return here


class TestSteps:
    """A letter holds the five steps in their order, and tells its decision early."""

    def test_five_steps(self, example, letter_of):
        letter = letter_of(example)
        names = [part.name for part in letter.parts]
        case = rupture.load(example)
        declined = {"gratitude"} if case.thanks and not case.thanks.for_ else set()
        declined |= {"apology"} if case.apology == "none" else set()
        declined |= set() if case.alternatives else {"alternatives"}
        declined |= set() if case.goodwill else {"goodwill"}
        wanted = [step for step in STEPS if step not in declined]
        assert [name for name in names if name in STEPS] == wanted
        assert len(wanted) >= 3

    def test_starter_tells_all_five(self, locale, starter, letter_of):
        names = [part.name for part in letter_of(starter(locale)).parts]
        assert [name for name in names if name in STEPS] == list(STEPS)

    def test_declined_steps_leave_no_trace(self, locale, starter, letter_of):
        data = starter(locale) | {"thanks": "none", "goodwill": "none", "apology": "none", "alternatives": "none"}
        told = {part.name for part in letter_of(data).parts}
        assert told & set(STEPS) == {"framing", "goodwill"}, "without a gesture, help takes the step's place"

    def test_every_step_of_a_message_is_a_template_of_every_language(self):
        for message, entry in catalogue.messages().items():
            for code in LANGUAGES:
                templates = {path.stem for path in (TEMPLATES / code / message).glob("*.html")}
                assert templates == {*entry.steps, "subject", "close"}
        assert set(STEPS) <= set(catalogue.messages()["separation"].steps)

    def test_decision_is_dated_within_the_first_third(self, example, letter_of):
        case, letter = rupture.load(example), letter_of(example)
        style = languages.get(case.language).styles[case.locale]
        ends = fold(typography.date_text(case.end.date, style))
        body = fold("\n".join(block_lines(letter.body)))
        assert ends in body
        assert body.index(ends) < len(body) / 3

    @pytest.mark.parametrize("how", End.model_fields["how"].annotation.__args__)
    def test_every_way_to_end_is_told(self, locale, minimal, letter_of, how):
        letter = letter_of(minimal(locale, end={"date": "2027-01-31", "how": how}))
        style = languages.get(letter.locale[:2]).styles[locale]
        ends = fold(typography.date_text(rupture.load(minimal(locale)).end.date, style))
        assert ends in fold(str(letter.part("framing")))

    def test_smallest_case_makes_a_whole_letter(self, locale, minimal, letter_of):
        letter = letter_of(minimal(locale))
        names = [part.name for part in letter.parts]
        assert {"sender", "recipient", "place-date", "subject", "salutation", "framing", "close", "signature"} <= set(
            names
        )
        assert len(names) == len(set(names))
        assert letter.body[0].name == "salutation"
        assert letter.body[-1].name == "signature"

    def test_absent_words_leave_no_trace(self, locale, minimal, letter_of):
        """What the case leaves out leaves no double space, no space before a comma and no empty bracket."""
        body = "\n".join(block_lines(letter_of(minimal(locale)).parts))
        assert not re.search(r"[ ]{2}| [,.)]|\(\s*\)|\bNone\b|\(\)|,\s*,|\.\s*\.", body), body


class TestReasons:
    """Every reason is told in every language, however many facts it has and however much is disclosed."""

    @pytest.mark.parametrize("reason", REASONS)
    @pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
    def test_facts(self, locale, starter, letter_of, reason, count):
        data = starter(locale, reason)
        shape = catalogue.reasons()[reason].shapes[0]
        if shape == "invoice":
            first = data["invoices"][0]
            data["invoices"] += [first | {"number": f"X-{n}"} for n in range(count)]
            facts = [{"invoice": f"X-{n}"} for n in range(count)]
        else:
            words = "subject" if shape == "event" else shape
            facts = [{"date": f"2026-0{n + 1}-15", words: f"the thing {n}"} for n in range(count)]
        data |= {"date": "2026-11-20", "end": {"date": "2027-02-28"}}
        data["reasons"] = [{"reason": reason, "disclosure": "documented", "facts": facts}]
        data["relationship"]["since"] = "2022"
        case = rupture.load(data)
        framing = letter_of(data).part("framing")
        told = [
            run.source
            for run in runs_of((framing,))
            if (run.source and "invoices[" in run.source) or "reasons[" in str(run.source)
        ]
        if shape != "event":  # an event tells its day, and its subject only where the reason has one
            assert len(set(told)) == min(count, MOST_FACTS)
        assert any(isinstance(block, Bullets) for block in framing.blocks) == (count >= MOST_FACTS)
        assert chosen_facts(case) == (tuple(range(min(count, MOST_FACTS))),)
        assert not re.search(r"[ ]{2}|,\s*\.|\.\s*\.|:\s*\.", fold(str(framing))), str(framing)

    @pytest.mark.parametrize("reason", REASONS)
    def test_neutral_tells_no_fact(self, locale, starter, letter_of, reason):
        data = starter(locale, reason)
        data["reasons"][0]["disclosure"] = "documented"
        documented = letter_of(data).part("framing")
        data["reasons"][0]["disclosure"] = "neutral"
        neutral = letter_of(data).part("framing")
        data["reasons"][0]["disclosure"] = "none"
        silent = letter_of(data).part("framing")
        assert not [
            run for run in runs_of((neutral, silent)) if run.source and run.source.startswith(("reasons", "invoices"))
        ]
        if catalogue.reasons()[reason].shapes[0] != "event":
            told = [run.source for run in runs_of((documented,)) if run.source]
            assert [source for source in told if source.startswith(("reasons", "invoices"))]
        assert len(str(documented)) > len(str(neutral)) > len(str(silent))

    def test_two_and_three_reasons_make_one_argument(self, locale, starter, letter_of):
        lengths = []
        for count in (1, 2, 3):
            framing = letter_of(starter(locale, *REASONS[:count])).part("framing")
            assert all(isinstance(block, Paragraph) for block in framing.blocks)
            lengths.append(len(str(framing)))
        assert lengths == sorted(set(lengths))

    @pytest.mark.parametrize("voice", ["we", "I"])
    @pytest.mark.parametrize("register", ["formal", "cordial"])
    def test_every_voice_and_register(self, locale, starter, letter_of, voice, register):
        data = starter(locale, *REASONS[:3]) | {"voice": voice, "register": register}
        other = data | {"voice": "I" if voice == "we" else "we"}
        letter = letter_of(data)
        assert str(letter.part("framing")) != str(letter_of(other).part("framing"))
        assert bare(data["sender"]["name"]) in bare(str(letter.part("sender")))


class TestOrigins:
    """Words of the user carry the field they stand in."""

    def test_every_source_resolves_to_its_value(self, example, letter_of):
        case = rupture.load(example)
        articles = [
            article for particle in languages.get(case.language).particles.values() for article in particle.contractions
        ]
        runs = [run for run in runs_of(letter_of(example).parts) if run.source]
        assert len({run.source for run in runs}) > 8
        for run in runs:
            value, words = value_at(case, run.source), bare(run.text)
            ends = [value, *(value.removeprefix(article) for article in articles if value.startswith(article))]
            named = run.source.endswith("name") and words in map(bare, value.split())  # a given name or a surname alone
            assert words in map(bare, ends) or named, (run.source, run.text, value)

    def test_what_is_told_of_the_user_is_marked(self, example, letter_of):
        """The service, the thanks and the steps to come are the user's words wherever they stand."""
        case, letter = rupture.load(example), letter_of(example)
        sources = {run.source for run in runs_of(letter.parts)}
        wanted = {"sender.name", "relationship.service"}
        wanted |= {"thanks.for"} if case.thanks and case.thanks.for_ else set()
        wanted |= {f"next_steps[{index}].what" for index in range(len(case.next_steps))}
        wanted |= {f"alternatives[{index}].name" for index in range(len(case.alternatives or ()))}
        assert wanted - sources == set() or (
            wanted - sources == {"relationship.service"} and case.thanks and not case.thanks.for_
        )

    def test_markup_in_a_value_is_text(self, minimal, letter_of):
        data = minimal()
        data["relationship"]["service"] = '<data value="sender.name">x</data>'
        runs = [run for run in runs_of(letter_of(data).parts) if run.source == "relationship.service"]
        assert [bare(run.text) for run in runs] == [bare('<data value="sender.name">x</data>')]


class TestOwnTemplates:
    """A folder of one's own replaces templates one by one, and a fault in it is said with its file and line."""

    @pytest.fixture
    def own(self, tmp_path):
        def write(name: str, content: str) -> Path:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            return tmp_path

        return write

    def test_one_file_is_replaced_and_the_others_stay(self, example, own):
        case = rupture.load(example)
        built_in = rupture.compose(case).letters[0]
        folder = own(f"{case.language}/separation/gratitude.html", "<p>My own words for {{ case.sender.name }}.</p>")
        letter = rupture.compose(case, templates=folder).letters[0]
        assert bare(str(letter.part("gratitude"))) == bare(f"My own words for {case.sender.name}.")
        assert [part for part in letter.parts if part.name != "gratitude"] == [
            part for part in built_in.parts if part.name != "gratitude"
        ]
        assert rupture.compose(case).letters[0] == built_in, "the built-in templates are used again without the folder"

    def test_a_file_for_another_language_changes_nothing(self, minimal, own):
        case = rupture.load(minimal("fr-FR"))
        folder = own("en/separation/apology.html", "<p>{{ nothing }}</p>")
        assert rupture.compose(case, templates=folder) == rupture.compose(case)

    @pytest.mark.parametrize(
        ("content", "line", "said"),
        [
            ("<p>one</p>\n<p>{{ nothing }}</p>", 2, "nothing"),
            ("\n\n<p>{{ case.sender.nickname }}</p>", 3, "nickname"),
            ("<p>\n{{ case.relationship.contract.reference }}</p>", 2, ""),
            ("<p>\n{{ case.place }}</p>", 2, "leaves out"),
            ("<p>\n{{ 'x' | shout }}</p>", 2, "shout"),
            ("<p>\n\n{% if %}</p>", 3, ""),
            ("<p>{{ 1</p>", 1, ""),
            ("<p>x</p>\n{% for %}", 2, ""),
            ("<p>x</p>\n<h1>Title</h1>", 2, "<h1>"),
            ("<p>x</p>\n\n<p>an <em>important</em> word</p>", 3, "<em>"),
            ('<p>x</p>\n<img src="http://example.org/x.png">', 2, "<img"),
            ("<p>x\n<p>y</p></p>", 0, "<p>"),
            ("<p>x</p>\nbare words", 0, "bare words"),
            ("<ul><p>x</p></ul>", 1, "<p>"),
            ("<p>x", 1, "<p>"),
            ("<p>x</li>", 1, "</li>"),
            ("<p>a <!-- note --> b</p>", 1, "<!--"),
            ("<P>x</P>", 1, "<P>"),
            ("<p>{{ 1 // 0 }}</p>", 1, "zero"),
            ("<p>{{ case.sender._model }}</p>", 1, "_model"),
            ("<p>{{ ''.__class__ }}</p>", 1, "__class__"),
            ("<p>{{ case.sender.__init__.__globals__ }}</p>", 1, ""),
            ("{% include 'fr/nowhere.html' %}", 1, "nowhere"),
        ],
    )
    def test_a_fault_is_named_with_its_place(self, minimal, own, content, line, said):
        folder = own("fr/separation/apology.html", content)
        with pytest.raises(rupture.TemplateError) as caught:
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)
        message = str(caught.value)
        assert "apology.html" in message
        assert said in message
        if line:
            assert f"apology.html:{line}:" in message

    def test_a_missing_block_is_named(self, minimal, own):
        folder = own("fr/letter.html", "{% block sender %}<p>x</p>{% endblock %}")
        with pytest.raises(rupture.TemplateError, match=r"letter\.html.*no block"):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)

    def test_a_link_out_of_the_folder_is_not_followed_by_name(self, minimal, own):
        folder = own("fr/separation/apology.html", "{% include '../../../etc/passwd' %}")
        with pytest.raises(rupture.TemplateError):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)

    def test_a_changed_template_is_read_again(self, minimal, own):
        """In a notebook, a template that was corrected is used at the next call."""
        case = rupture.load(minimal("fr-FR"))
        for words in ("first", "second"):
            folder = own("fr/separation/apology.html", f"<p>{words}</p>")
            assert str(rupture.compose(case, templates=folder).letters[0].part("apology")) == words


# ---------------------------------------------------------------- the templates themselves


def words_lost_in(source: str) -> list[tuple[int, str]]:
    """Return each place of a template that would lose the origin of words: ``~`` and the filter ``join``."""
    found = []
    before = ""
    for line, kind, value in Environment(autoescape=True).lex(source):
        if kind == "whitespace":
            continue
        if (kind == "operator" and value == "~") or (kind == "name" and value == "join" and before == "|"):
            found.append((line, value))
        before = value
    return found


def blocks_of(path: Path) -> set[str]:
    return set(re.findall(r"{%-?\s*block\s+(\w+)", path.read_text(encoding="utf-8")))


def parity_faults(root: Path) -> list[str]:
    """Return what one language has and another lacks: files, and blocks of a file."""
    files = {
        folder.name: {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in root.iterdir()
        if (folder / "language.toml").is_file()
    }
    shared = {name for names in files.values() for name in names if name not in PARTIALS}
    faults = [f"{code}/{name} is missing" for code, names in files.items() for name in sorted(shared - names)]
    for name in sorted(shared):
        blocks = {
            code: blocks_of(root / code / name)
            for code, names in files.items()
            if name in names and name.endswith(".html")
        }
        everywhere = set().union(*blocks.values())
        faults += [
            f"{code}/{name}: no block {lack}" for code, has in blocks.items() for lack in sorted(everywhere - has)
        ]
    return faults


#: Files that only some languages need, because another template of the same language includes them.
PARTIALS = {"salutation.html"}


class TestTemplates:
    """Templates keep whose words are whose, and every language has the same ones."""

    @pytest.mark.parametrize(
        "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
    )
    def test_no_words_lose_their_origin(self, path):
        assert words_lost_in(path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("{{ a ~ b }}", [(1, "~")]),
            ("\n{{ names | join(', ') }}", [(2, "join")]),
            ("{% set x = names|join %}", [(1, "join")]),
            ("{# a ~ b | join #} ~ | join", []),
        ],
    )
    def test_the_scan_bites(self, source, found):
        assert words_lost_in(source) == found

    def test_partials_are_included(self):
        for name in PARTIALS:
            holders = list(TEMPLATES.glob(f"*/{name}"))
            assert holders
            for path in holders:
                included = f'include "{path.parent.name}/{name}"'
                assert any(included in other.read_text(encoding="utf-8") for other in path.parent.glob("*.html"))

    def test_languages_are_at_par(self):
        assert len(LANGUAGES) > 1
        assert parity_faults(TEMPLATES) == []

    def test_parity_bites(self, tmp_path):
        copy = shutil.copytree(TEMPLATES, tmp_path / "templates")
        (copy / "en" / "reasons" / "scope-creep.html").unlink()
        late = copy / "fr" / "reasons" / "late-payment.html"
        late.write_text(late.read_text(encoding="utf-8").replace("block misfit", "block other"), encoding="utf-8")
        assert set(parity_faults(copy)) == {
            "en/reasons/scope-creep.html is missing",
            "fr/reasons/late-payment.html: no block misfit",
            "en/reasons/late-payment.html: no block other",
        }

    def test_every_reason_has_its_template_and_blocks(self):
        for code in LANGUAGES:
            there = {path.stem for path in (TEMPLATES / code / "reasons").glob("*.html")}
            assert there == {*REASONS, "what"}
            for reason in REASONS:
                blocks = blocks_of(TEMPLATES / code / "reasons" / f"{reason}.html")
                assert {"facts", "intro", "item", "principle", "misfit", "neutral"} <= blocks

    def test_letter_has_a_block_for_every_part_of_every_layout(self):
        for code in LANGUAGES:
            blocks = blocks_of(TEMPLATES / code / "letter.html")
            for name in layouts.names():
                assert {part.replace("-", "_") for part in layouts.get(name).order if part not in AROUND} <= blocks

    def test_review_has_the_same_findings_in_every_language(self):
        wordings = [rulefiles.review_texts(code) for code in LANGUAGES]
        for wording in wordings[1:]:
            assert set(wording) == set(wordings[0])
            for code, entry in wording.items():
                assert set(entry) == set(wordings[0][code])
                for part in ("message", "suggestion"):
                    fields = [sorted(re.findall(r"{(\w+)}", texts[code][part])) for texts in (wording, wordings[0])]
                    assert set(fields[0]) == set(fields[1])


class TestTree:
    """The tree is immutable and shows itself."""

    def test_frozen(self, minimal, letter_of):
        letter = letter_of(minimal())
        with pytest.raises(AttributeError):
            letter.title = "x"
        with pytest.raises(AttributeError):
            letter.parts[0].blocks[0].lines = ()

    def test_shows_itself(self, example):
        document = rupture.compose(rupture.load(example))
        assert body_of(document) in fold(str(document)) or "- " in str(document)
        page = document._repr_html_()
        assert page.count("<article") == page.count("</article>") == len(document.letters)

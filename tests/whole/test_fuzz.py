"""Nothing that a stranger writes gives a traceback, hangs or fills the memory: `fuzzing.py` has the doors they try.

Bytes that once broke something stay in `corpus/`. `make soak` searches for more with atheris.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import fuzzing
import pytest
from fields import schema
from fuzzing import CORPUS, DOORS, TOKENS, knock
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import ROOT, fold

import rupture
from rupture.case.field_path import DEEPEST
from rupture.composing import budget
from rupture.language.words import spelling
from rupture.loading.complaints import MOST_PROBLEMS
from rupture.merging.names import safe_name
from rupture.merging.tables.opening import open_table
from rupture.reviewing.tone.patterns import PatternError, Reader

if TYPE_CHECKING:
    from types import ModuleType

SEEDS = {door: sorted((CORPUS / door).iterdir()) for door in DOORS}


#: Doors behind which templates are read again each time, or the rows of a table become cases.
COSTLY = {"template", "letter", "csv", "jsonl", "xlsx"}


def broken(door: str) -> st.SearchStrategy[bytes]:
    """Return a seed of a door with some of it cut out, doubled or replaced."""
    seeds = [path.read_bytes() for path in SEEDS[door] if path.stat().st_size < 10_000]
    edits = st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.integers(0, 40),
            st.one_of(st.sampled_from([token.encode() for token in TOKENS]), st.binary(max_size=4)),
        ),
        max_size=6,
    )

    def edited(seed: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
        for place, length, put in edits:
            at = place % (len(seed) + 1)
            seed = seed[:at] + put + seed[at + length :]
        return seed

    return st.builds(edited, st.sampled_from(seeds), edits)


def soak() -> ModuleType:
    """Return the script of ``make soak`` as a module."""
    spec = spec_from_file_location("soak_run", ROOT / "tests" / "soak" / "run.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tight(monkeypatch):
    """A twentieth of what a template may do, so that one that does too much is soon refused."""
    monkeypatch.setattr(budget, "MOST_STEPS", budget.MOST_STEPS // 20)
    monkeypatch.setattr(budget, "MOST_CHARACTERS", budget.MOST_CHARACTERS // 20)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder for each door, and an empty one. Templates that stay there from knock to knock are compiled once."""
    return {door: tmp_path_factory.mktemp(door) for door in (*DOORS, "empty")}


@pytest.mark.usefixtures("tight")
class TestCorpus:
    """What once broke something, or was made to, meets a complaint or is taken."""

    @pytest.mark.parametrize(
        "path", [p for door in DOORS for p in SEEDS[door]], ids=lambda p: f"{p.parent.name}/{p.name}"
    )
    def test_replay(self, path, folders):
        complaint = knock(path.parent.name, path.read_bytes(), folders[path.parent.name])
        assert not (complaint and path.stem == "good"), complaint

    def test_every_door_is_searched(self):
        assert set(soak().DOORS) == set(DOORS)

    def test_every_part_of_the_soak_is_there(self):
        named = {word for command, _ in soak().PARTS.values() for word in command if "tests/" in word}
        assert len(named) > 4
        assert [name for name in sorted(named) if not (ROOT / name).exists()] == []

    def test_every_door_has_seeds(self):
        assert {folder.name for folder in CORPUS.iterdir()} == set(DOORS)
        assert all(len(seeds) >= 3 for seeds in SEEDS.values())

    def test_the_replay_bites(self, tmp_path, monkeypatch):
        def fails(*_arguments: object, **_options: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(rupture, "assess", fails)
        with pytest.raises(ZeroDivisionError):
            knock("answers", b"locale: fr-FR", tmp_path)


@pytest.mark.usefixtures("tight")
class TestBrokenSeeds:
    """However a good input is broken, it meets a complaint or is taken."""

    @pytest.mark.parametrize("door", [door for door in DOORS if door not in {"rules", "logo"}])
    def test_knock(self, door, folders):
        @settings(max_examples=settings.default.max_examples // (4 if door in COSTLY else 2))
        @given(broken(door))
        def knocked(data: bytes) -> None:
            knock(door, data, folders[door])

        knocked()

    @settings(max_examples=settings.default.max_examples * 3)
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(["..", "|", "_", "*", "?", "!", "<", ">", "^", "$", "-", "'", "a", " "]),
                st.text(max_size=3),
            )
        ).map("".join)
    )
    def test_patterns_of_tone_rules(self, text):
        reader = Reader(spelling("fr"))
        with suppress(PatternError):
            assert reader.pattern(text).needed


#: What Python programs hold where a case file has text.
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=4),
    st.text(max_size=8),
    st.sampled_from(
        ["2026-01-01", "10 EUR", "none", "fr-FR", "x[]", "a.b", "separation", ["a"], {"fr": "a", "en": "b"}]
    ),
)
NESTED = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner),
        st.dictionaries(st.one_of(st.text(max_size=6), st.integers(0, 3), st.none()), inner, max_size=3),
    ),
    max_leaves=6,
)


class TestMappings:
    """A mapping that a program gives is read like a file: whatever it holds."""

    @settings(max_examples=settings.default.max_examples * 2)
    @given(st.data())
    def test_any_value_at_any_key(self, data):
        case = fuzzing.base_case()
        keys = [*schema()["properties"], "x[]", "a.b", "[0]", "", "_files", "model_config"]
        changed = {**case, data.draw(st.sampled_from(keys)): data.draw(NESTED)}
        with suppress(rupture.RuptureError):
            fuzzing.live_through(rupture.load(changed))

    @given(st.dictionaries(st.sampled_from(["locale", "signals", "circumstances", "tried", "x[]"]), NESTED))
    def test_answers(self, answers):
        with suppress(rupture.RuptureError):
            assert rupture.assess(answers)

    def test_deeper_than_any_case(self, minimal):
        deep: list = []
        for _ in range(100_000):
            deep = [deep]
        with pytest.raises(rupture.CaseError, match=f"nested more than {DEEPEST} levels"):
            rupture.load({**minimal(), "place": deep})
        endless: dict = {}
        endless["place"] = endless
        with pytest.raises(rupture.CaseError, match=f"nested more than {DEEPEST} levels"):
            rupture.load(endless)

    def test_at_most_so_many_problems(self, minimal):
        with pytest.raises(rupture.CaseError, match="and 400 more problems") as caught:
            rupture.load(minimal(**{f"key{index}": 1 for index in range(MOST_PROBLEMS + 400)}))
        assert len(caught.value.problems) == MOST_PROBLEMS + 1

    def test_numbers_that_python_does_not_write_out(self, minimal):
        with pytest.raises(rupture.CaseError, match="a number of more than sixty digits"):
            rupture.load(minimal(money=[{"what": "F-1", "amount": 10**5000, "due": "2026-01-01"}]))


class TestFiles:
    """A file is read only where it is one, beside its case, and no larger than a letter can want."""

    @pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/etc/hosts", "../paper.css", "a/../../b"])
    @pytest.mark.parametrize("field", ["paper.stylesheet", "paper.letterhead"])
    def test_outside(self, minimal, name, field):
        with pytest.raises(rupture.CaseError, match="not in the folder of the case") as caught:
            rupture.load(minimal(), changes=[f"{field}={name}"])
        assert [problem.path for problem in caught.value.problems] == [field]

    def test_no_file_at_all(self):
        with pytest.raises(rupture.InputError, match="not a file"):
            rupture.load("/dev/zero")

    @pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
    def test_a_name_that_is_none(self, name):
        with pytest.raises(rupture.InputError, match="cannot be read"):
            rupture.load(name)
        with pytest.raises(rupture.InputError, match="cannot be read"):
            open_table(Path(f"{name}.csv"))

    def test_too_large(self, tmp_path):
        (tmp_path / "case.yaml").write_bytes(b"# remark\n" * 300_000)
        with pytest.raises(rupture.InputError, match="more than 2 MB"):
            rupture.load(tmp_path / "case.yaml")


class TestRows:
    """A row that cannot be read does not take the rows behind it along."""

    def test_csv(self, tmp_path):
        (tmp_path / "t.csv").write_bytes(b'a;b\n"x;2\n3;4\n"5";6\n7;8\n"9;10\n')
        rows = list(open_table(tmp_path / "t.csv").read())
        assert [(row.number, dict(row.cells), bool(row.wrong)) for row in rows] == [
            (4, {}, True),
            (5, {"a": "7", "b": "8"}, False),
            (6, {}, True),
        ]
        assert "the record begins on line 2" in str(rows[0].wrong)

    def test_json_lines(self, tmp_path):
        lines = [b'{"a": "\xff"}', b'{"a": 1.10, "b": 01}', b'{"a": 1, "a": 2}', b'{"a": 1.10}', b'{"a":' * 500]
        (tmp_path / "t.jsonl").write_bytes(b"\n".join(lines) + b"\n" + b" " * (3 << 20) + b'\n{"a": 2}')
        rows = list(open_table(tmp_path / "t.jsonl").read())
        assert [dict(row.cells) for row in rows if not row.wrong] == [{"a": "1.10"}, {"a": "2"}]
        assert sum(bool(row.wrong) for row in rows) == 4

    @pytest.mark.parametrize("name", ["con", "NUL.x", "com¹", "山" * 80, "..", "a/../b", "-rf", "e\u0301" * 90])
    def test_names(self, name):
        safe = safe_name(name)
        assert len(safe.encode()) <= 121
        assert safe.partition(".")[0].casefold() not in {"con", "nul", "com¹"}
        assert not safe.startswith((".", "-"))


class TestTemplates:
    """A template of somebody else can call little, and what it does is counted."""

    @pytest.fixture
    def regret(self, minimal, folders):
        asked = {"who": "you", "do": "signer le reçu"}
        case = rupture.load(minimal(regret="chercher ailleurs", matters=[{"do": "rendre les clés"}, asked]))

        def write(source: str) -> str:
            folder = folders["template"]
            fuzzing.file(f"{{% block one %}}{source}{{% endblock %}}".encode(), folder, "fr/sentences/regret.html")
            return str(rupture.compose(case, templates=folder).letters[0].part("after"))

        return write

    def test_no_method_of_the_case_is_seen(self, regret, tmp_path):
        proof = tmp_path / "proof"
        pickle = f'cposix\\nsystem\\n(S\\"touch {proof}\\"\\ntR.'
        for method in ("parse_raw", "parse_file", "model_dump_json", "model_copy", "__init__", "_model"):
            with pytest.raises(rupture.TemplateError, match=r"regret\.html:1: "):
                regret(f'{{{{ case.{method}("{pickle}", allow_pickle=true) }}}}')
        assert not proof.exists()

    def test_amounts_are_no_models_to_call(self, regret):
        with pytest.raises(rupture.TemplateError, match="not safely callable"):
            regret("{{ amount(1, 'EUR').parse_raw('x') if false else case.sender.name.encode() }}")

    @pytest.mark.parametrize(
        ("source", "complaint"),
        [
            ("{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{{ a }}", "steps"),
            ("{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}", "steps"),
            ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 60, "steps"),
            ("{% set x = 'aaaa' %}" + "{% set x = x ~ x %}" * 60, "characters"),
            ("{% set x = 'aaaa' %}" + "{% set x = x + x %}" * 60, "characters"),
            ("{% set x = 'aaaa' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60, "characters"),
            ("{% set x = 'aaaa' %}" + "{% set x = x|replace('a', 'aaaaaaaa') %}" * 60, "characters"),
            ("{% set x = ['aaaa'] %}" + "{% set x = [x|join, x|join] %}" * 60, "characters"),
            ("{{ 9 ** 9 ** 9 }}", r"\*\* is not used"),
            ("{{ 'a' * 999999999 }}", "between two numbers"),
            ("{{ '%099999999d' % 1 }}", "between two numbers"),
            ("{{ 999999999 * 999999999 * 999999999 }}", "digits"),
            ("{{ range(99999999) | list }}", "range of more than"),
            ("{{ 'x'.ljust(99999999) }}", "not safely callable"),
            ("{{ '{:99999999}'.format(1) }}", "not safely callable"),
            ("{{ 'x' | center(99999999) }}", "No filter named"),
            ("{{ lipsum(n=999) }}", "undefined"),
            ("{% include 'fr/sentences/regret.html' %}", "include, import or call itself"),
            ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "include, import or call itself"),
            ("{{ case.reasons }}", "a whole list"),
            ("&#7;\x07", r"U\+0007 is a control character"),
            ("<table><tr><th>a</th></tr><tr></tr></table>", "as many cells"),
            ("x" * 200_001, "at most 200,000"),
        ],
    )
    @pytest.mark.usefixtures("tight")
    def test_refused(self, regret, source, complaint):
        closing = "{% endfor %}" * source.count("{% for")
        with pytest.raises(rupture.TemplateError, match=complaint) as caught:
            regret(source + closing)
        assert "regret.html" in str(caught.value)

    def test_the_work_of_a_part_is_bounded(self, regret, monkeypatch):
        """Counted, and not timed: a loop that goes on for ever takes its steps and no more."""
        monkeypatch.setattr(budget, "MOST_STEPS", 5000)
        turns = []
        monkeypatch.setattr(rupture.composing.functions.dates.Dates, "date", lambda _self, _day: turns.append(1) or "x")
        with pytest.raises(rupture.TemplateError, match="more than 5,000 steps"):
            regret("{% for a in range(999) %}{% for b in range(999) %}{{ date(case.date) }}{% endfor %}{% endfor %}")
        assert 10 < len(turns) < 5000

    def test_what_the_how_to_shows_still_works(self, regret):
        sentence = regret(
            '{% set ours = case.matters | selectattr("who", "equalto", "you") | list %}'
            "{% macro f(x) %}<strong>{{ x }}</strong>{% endmacro %}{% set ns = namespace(all=[]) %}"
            "{% for n in range(3) %}{% set ns.all = ns.all + [n] %}{% endfor %}"
            "{{ f('a') }}{{ ours | length }} {{ ns.all | join('-') }} {{ 'x' ~ (1 + 2 * 3) }} "
            "{% for row in [1, [2]] recursive %}{{ loop(row) if row is iterable else row }}{% endfor %} "
            "{{ 'été'.upper() }} {{ {'a': 'b'}.get('a') }} {{ date(case.date) }} {{ 'aa' | replace('a', 'b') }}"
        )
        assert fold(sentence) == "A1 0-1-2 x7 12 ÉTÉ b 20 novembre 2026 bb."

    def test_the_built_in_templates_stay_far_below_the_bounds(self, example, folders, monkeypatch):
        monkeypatch.setattr(budget, "MOST_STEPS", budget.MOST_STEPS // 50)
        monkeypatch.setattr(budget, "MOST_CHARACTERS", budget.MOST_CHARACTERS // 50)
        case = rupture.load(example)
        assert str(rupture.compose(case, templates=folders["empty"])) == str(rupture.compose(case))


class TestDates:
    """A day from which no notice could be counted is refused; all others can be reviewed."""

    @pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "2400-01-01", "9999-12-31"])
    def test_refused(self, minimal, day):
        with pytest.raises(rupture.CaseError, match="expected a year from 1800 to 2399"):
            rupture.load(minimal(date=day))

    @pytest.mark.parametrize("day", ["1800-01-01", "2399-12-31"])
    @pytest.mark.parametrize("notice", ["999 months", "999 weeks", "999 business days"])
    def test_reviewed(self, minimal, day, notice):
        service = {"service": "l'entretien", "contract": {"notice": notice, "signed": day}}
        assert rupture.review(rupture.load(minimal(date=day, end={"date": day}, relationship=service)))

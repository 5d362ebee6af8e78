"""The benchmarks compare like with like; nothing is timed here."""

from __future__ import annotations

import runpy
import sys

import pytest
from benchmarks import cold, contenders, letters, reading, scale, watched, worth
from benchmarks.timing import Effort, Report, Taken, Verdict, compared, interleaved
from reading import ROOT

import rupture
from rupture.letter.blocks import block_text
from rupture.reviewing.tone.rulebook import rulebook
from rupture.writing import pdf


@pytest.fixture(scope="module")
def varied():
    """Two letters of which every varying value differs."""
    return [letters.samples(1, index)[0] for index in (0, 7)]


class TestLetters:
    """Each letter is another, and says what its blanks hold."""

    def test_no_two_are_alike(self):
        made = [tuple(letters.values(index).values()) for index in range(3000)]
        assert len(set(made)) == len(made)

    def test_says_what_its_blanks_hold(self, varied):
        first, other = (str(sample.document) for sample in varied)
        for name, value in varied[1].blanks.items():
            assert letters.BLANKS[name].upper() in first.upper()
            assert value.upper() in other.upper()
            assert value.upper() not in first.upper(), name

    def test_a_template_has_every_blank_and_no_value(self):
        template = letters.text_template()
        for name, value in letters.BLANKS.items():
            assert f"{{{{ {name}" in template
            assert value.upper() not in template.upper()

    def test_a_longer_letter_is_longer(self):
        plain, longer, annex = letters.samples(1)[0], scale.longer(40, 0), scale.with_annex(0)
        assert len(str(longer.document)) > 2 * len(str(plain.document))
        assert len(str(annex.document)) > 2 * len(str(plain.document))


class TestContenders:
    """Everybody says the words of our letter, whatever its values, so that times compare."""

    @pytest.mark.parametrize("contender", contenders.EVERYBODY, ids=lambda contender: contender.name)
    def test_says_the_same(self, contender, varied):
        write = contender.make()
        for sample in varied:
            reading.check_same(sample.document, write(sample), contender.kind, contender.name)

    def test_naive_weasyprint_gives_the_same_page(self, varied):
        write = contenders.NAIVE.make()
        for sample in varied:
            theirs = write(sample)
            assert len(reading.pixels(theirs)) == 1, "ours would be laid out twice: shorten benchmarks/letter.fr.yaml"
            reading.check_same_look(pdf.write(sample.document), theirs, "naive")

    def test_another_look_is_refused(self, varied):
        first, other = (pdf.write(sample.document) for sample in varied)
        with pytest.raises(ValueError, match="page 1"):
            reading.check_same_look(first, other, "planted")

    def test_other_words_are_refused(self, varied):
        first, other = varied
        written = str(first.document).encode()
        reading.check_same(first.document, written, "txt", "itself")
        with pytest.raises(ValueError, match="does not say"):
            reading.check_same(other.document, written, "txt", "planted")
        with pytest.raises(ValueError, match="says more"):
            reading.check_same(first.document, written + b"more", "txt", "planted")

    def test_the_plain_scripts_say_the_same(self, tmp_path, monkeypatch):
        commands = cold.commands(tmp_path)
        scripts = [line for name, line in commands.items() if name.startswith("plain")]
        assert len(scripts) == len(cold.TARGETS)
        for _, *line in scripts:
            monkeypatch.setattr(sys, "argv", line)
            runpy.run_path(line[0], run_name="__main__")
        pandoc = [line for name, line in commands.items() if name.startswith("pandoc")]
        for line in [commands["python -c pass"], *pandoc]:
            cold.run(line)
        assert cold.check_words(tmp_path) == len(scripts) + len(pandoc)


class TestWorth:
    """What an optimisation is compared with gives the same result."""

    @pytest.mark.parametrize("name", ["colere.fr.yaml", "anger.en.yaml"])
    def test_trying_every_pattern_finds_the_same(self, name):
        case = rupture.load(ROOT / "examples" / "refused" / name)
        book = rulebook(case.language)
        (letter,) = rupture.compose(case).letters
        texts = [block_text(block) for part in letter.body for block in part.blocks][1:7]
        found = [worth.read_by_index(book, text) for text in texts]
        assert any(found)
        assert found == [worth.read_by_trying(book, text) for text in texts]

    @pytest.mark.parametrize("way", [worth.from_scratch_pdf, worth.from_scratch_docx, worth.compressed_each_time_docx])
    def test_a_writer_made_to_forget_gives_the_same_bytes(self, way, varied):
        kept = worth.pdf_as_it_is if way is worth.from_scratch_pdf else worth.docx_as_it_is
        assert way(varied[0]) == kept(varied[0])


class TestWatching:
    """A merge is watched to its end, with its memory."""

    def test_a_merge(self, tmp_path):
        watched.write_table(tmp_path / "rows.csv", 5)
        run = watched.merge(tmp_path / "rows.csv", tmp_path / "out", "txt", 4, memory=True)
        assert len(list((tmp_path / "out").glob("*.txt"))) == run.rows == 4
        assert 10 < run.peak() < 1000
        assert run.rate > 0

    def test_a_merge_that_fails_is_no_measurement(self, tmp_path, monkeypatch):
        monkeypatch.setattr(watched, "RUPTURE", sys.executable)  # which knows no program called "render"
        with pytest.raises(RuntimeError, match="can't open file"):
            watched.merge(tmp_path / "rows.csv", tmp_path / "out", "txt", 4)


class TestFigures:
    """A ratio is that of each round, and a verdict says what was asked."""

    def test_everybody_has_a_turn_in_each_round(self):
        seen = []
        turns = {name: lambda number, name=name: seen.append((number, name)) for name in "ab"}
        taken = interleaved(turns, 2)
        assert seen == [(0, "b"), (0, "a"), (1, "a"), (1, "b"), (2, "b"), (2, "a")]
        assert [len(each.wall) for each in taken.values()] == [2, 2]

    def test_the_median_of_the_ratios(self):
        above, below = Taken((2.0, 6.0, 4.0), (1.0, 1.0, 1.0)), Taken((1.0, 2.0, 1.0), (1.0, 2.0, 4.0))
        verdict = compared("a / b", above, below, 3, most=True)
        assert (verdict.value, verdict.processor, verdict.reached) == (3, "0.50", True)

    @pytest.mark.parametrize(("value", "most", "reached"), [(1, True, True), (3, True, False), (1, False, False)])
    def test_a_verdict(self, value, most, reached):
        verdict = Verdict("what", value, 2, most)
        assert verdict.reached is reached
        assert verdict.row()[-1] == ("yes" if reached else "NO")
        assert f"| {verdict.row()[-1]} |" in str(Report("title", verdicts=[verdict]))

    def test_the_size(self):
        assert [Effort(1, size).of(1, 2, 3) for size in ("quick", "usual", "full")] == [1, 2, 3]

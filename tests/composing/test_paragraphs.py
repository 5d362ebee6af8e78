"""How the items of a plan stand together: sentences in a paragraph, a label before it, dated lines, an account."""

from __future__ import annotations

import pytest
from planned import item

from rupture.case.field_path import FieldPath
from rupture.composing import joining
from rupture.letter.blocks import Bullets, Run, Table, block_text
from rupture.planning.plan import Paragraph


def line(*texts: str) -> tuple[Run, ...]:
    return tuple(map(Run, texts))


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


class TestSentences:
    """The sentences of a paragraph stand one space apart, each with its capital and its stop."""

    @pytest.mark.parametrize(
        ("sentences", "said"),
        [
            ({"a": "Un.", "b": "Deux."}, "Un. Deux."),
            ({"a": "  un  jour.\n", "b": "\n deux"}, "Un jour. Deux."),
            ({"a": "<strong>un</strong>.", "b": "Deux !"}, "Un. Deux\u202f!"),
            ({"a": "« un »", "b": "(deux)"}, "«\u00a0Un\u00a0». (Deux)."),
            ({"a": "« Un. »", "b": "Deux :"}, "«\u00a0Un.\u00a0» Deux\u00a0:"),
            ({"a": "eBay ferme.", "b": "12 clés."}, "eBay ferme. 12\u00a0clés."),
            ({"a": "www.nord.example ferme."}, "www.nord.example ferme."),
            ({"a": "école fermée."}, "École fermée."),
        ],
    )
    def test_joined(self, told, sentences, said):
        (block,) = told(sentences)
        assert block_text(block).replace("\u00a0clés", " clés") == said.replace("\u00a0clés", " clés")

    @pytest.mark.parametrize(
        ("pieces", "said"),
        [
            (("chez Smith & Co.", "."), "chez Smith & Co."),
            (("est-ce vrai ?", "."), "est-ce vrai ?"),
            (("« fini. »", "."), "« fini. »"),
            (("la liste (1. et 2.)", "."), "la liste (1. et 2.)."),
            (("fini", "."), "fini."),
            (("fini.", " Bien."), "fini. Bien."),
            (("fini.", ".."), "fini..."),
            (("fini.", ". Bien."), "fini. Bien."),
        ],
    )
    def test_one_stop(self, pieces, said):
        assert text_of(joining.once_stopped(line(*pieces))) == said

    def test_a_clause_with_a_stop_of_its_own(self, told):
        (block,) = told({"a": "Il est chez {{ case.sender.name }}."}, sender=SENDER | {"name": "Nord & Cie."})
        assert block_text(block).endswith("Nord & Cie.")

    def test_an_empty_line_is_no_sentence(self):
        assert joining.sentence(()) == ()
        assert joining.joined([(), line("a"), (), line("b")]) == line("a", " ", "b")

    def test_paragraphs_of_one_name_are_one_part(self, letter_told):
        parts = [
            Paragraph("matters", (item("a"),)),
            Paragraph("money", (item("b"),)),
            Paragraph("matters", (item("c"),)),
        ]
        letter = letter_told(parts, {"a": "un", "b": "deux", "c": "trois"})
        assert [part.name for part in letter.body] == ["salutation", "matters", "money", "close", "signature"]
        assert str(letter.part("matters")) == "Un.\n\nTrois."


SENDER = {"name": "Atelier Nord", "signatories": [{"name": "Claire Martin"}]}


class TestLabels:
    """A paragraph is headed by words of the user, or by one of our labels."""

    def test_words_of_the_user(self, letter_told):
        paragraph = Paragraph("matters", (item("a"),), label="matters[0].about")
        matters = [{"about": "gaz", "fact": "rien"}]
        (block,) = letter_told([paragraph], {"a": "rien"}, matters=matters).part("matters").blocks
        assert block.label == (Run("Gaz", "matters[0].about"), Run("."))
        assert block_text(block) == "Gaz. Rien."

    @pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
    def test_one_of_ours(self, letter_told, locale):
        paragraph = Paragraph("money", (item("a"),), label=":money")
        (block,) = letter_told([paragraph], {"a": "rien"}, locale).part("money").blocks
        assert text_of(block.label)[0].isupper()
        assert text_of(block.label).endswith(".")

    def test_danger_is_set_apart(self, letter_told):
        (block,) = letter_told([Paragraph("urgent", (item("a"),))], {"a": "rien"}).part("urgent").blocks
        assert block.urgent


class TestForms:
    """Dated lines are a list behind their sentence; an account is a table behind its own."""

    def test_tasks(self, letter_told):
        tasks = Paragraph(
            "tasks", (item("tasks"), item("task", "t1"), item("task", "t2")), form="tasks", label=":tasks"
        )
        sentences = {"tasks": "merci de :", "task": "<strong>Le 3 :</strong> rendre la clé"}
        lead, lines = (
            letter_told([tasks], sentences, say={"t2": "rien d'autre", "after t1": "Merci"}).part("tasks").blocks
        )
        assert block_text(lead).endswith("Merci de\u00a0:")
        assert isinstance(lines, Bullets)
        assert lines.dated
        assert [text_of(entry) for entry in lines.items] == ["Le 3\u00a0: rendre la clé Merci", "rien d’autre"]
        assert lines.items[0][0].strong

    def test_account(self, letter_told):
        account = Paragraph("money", (item("a"), item("account"), item("b")), form="account", label=":money")
        table = "<table><tr><th>Acompte</th><td>3</td></tr><tr><th>Reste</th><td>1</td></tr></table>"
        lead, rows, after = letter_told([account], {"a": "voici", "account": table, "b": "fin"}).part("money").blocks
        assert lead.label
        assert isinstance(rows, Table)
        assert rows.account
        assert not rows.head
        assert [text_of(row[0]) for row in rows.rows] == ["Acompte", "Reste"]
        assert block_text(after) == "Fin."
        assert not after.label

    def test_a_subject_between_friends_is_not_printed(self, letter_told):
        hidden = Paragraph("subject", (item("subject", context={"printed": False}),))
        letter = letter_told([hidden], {"subject": "fin"})
        assert letter.subject == "Fin"
        assert not letter.part("subject").blocks


class TestWhatASentenceSees:
    """The part of the case that an item is about, and what the plan knows beside it."""

    def test_it_and_context(self, letter_told):
        about = item("a", of=FieldPath(("end",)), context={"over": True, "who": FieldPath(("sender",))})
        content = "{{ who.name }} {{ it.how }} {{ over }} {{ tone }} {{ email }} {{ message }} {{ first }}"
        (block,) = letter_told([Paragraph("matters", (about,))], {"a": content}).part("matters").blocks
        assert block_text(block) == "Atelier Nord notice True plain False separation False."

    def test_keys_that_python_keeps_for_itself(self, letter_told):
        point = {"do": "rendre la clé", "from": "2026-12-01", "if": "tout va", "because": "pour vous"}
        about = item("a", of=FieldPath(("matters", 0)))
        content = "{{ it.do }} {{ it.if }} {{ it.from.year }} {{ case.thanks.for }}"
        told = letter_told([Paragraph("matters", (about,))], {"a": content}, matters=[point], thanks={"for": "tout"})
        assert str(told.part("matters")) == "Rendre la clé tout va 2026 tout."

    def test_late_invoices(self, letter_told):
        late = item("a", context={"invoices": (0,)})
        money = [{"what": "la facture 7", "amount": 100, "due": "2026-11-10"}]
        content = "{% for invoice in invoices %}{{ invoice.what }} : {{ invoice.days }}{% endfor %}"
        (block,) = letter_told([Paragraph("reasons", (late,))], {"a": content}, money=money).part("reasons").blocks
        assert block_text(block) == "La facture 7\u00a0: 10."

    def test_a_kind_without_a_template_is_named(self, letter_told):
        with pytest.raises(Exception, match=r"there is no template fr/sentences/nowhere\.html"):
            letter_told([Paragraph("matters", (item("nowhere"),))], {})

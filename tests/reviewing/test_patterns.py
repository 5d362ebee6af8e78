"""The language of the tone rules: what it matches, what is reported of a bad file, and what hostile text costs."""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rupture
from rupture.language.conjugation import expanded
from rupture.language.plain import plain
from rupture.resources import locales
from rupture.reviewing.tone import patterns
from rupture.reviewing.tone.patterns import Gap, PatternError, Reader, Sentence
from rupture.reviewing.tone.rulebook import rulebook
from rupture.reviewing.tone.tokens import sentences

FRENCH = rulebook("fr").spelling
ENGLISH = rulebook("en").spelling


def words(text, spelling=FRENCH):
    return [token.word for tokens in sentences(text, spelling)[0] for token in tokens]


def found(pattern, text, spelling=FRENCH):
    reader = Reader(spelling)
    reader.add_list("trait", ["arrogant*", "pénible*", "de_mauvaise_foi"])
    read = reader.pattern(pattern)
    said = words(text, spelling)
    match = read.find(Sentence(said))
    return " ".join(said[slice(*match)]) if match else None


class TestWords:
    """A text is read without capitals, accents, elision, contraction and inclusive endings."""

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("N’ÉTIEZ-VOUS PAS", "ne etiez vous pas"),
            ("Qu'est-ce que c’est ?", "que est ce que ce est ?"),
            ("arrogant·e·s, client(e)s et exigeant.e.s", "arrogants , clients et exigeants"),
            ("Quel m*rdier", "quel m*rdier"),
            ("le 12/03/2026 à 14:30, 1 250,00 €", "le 12/03/2026 a 14:30 , 1 250,00 €"),
            ("cœur d’œuvre", "coeur de oeuvre"),
        ],
    )
    def test_french(self, text, read):
        assert " ".join(words(text)) == read

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("You’re rude and you've lied.", "you are rude and you have lied ."),
            ("We can't, won’t and didnt.", "we can not , will not and did not ."),
            ("the client’s files", "the client s files"),
        ],
    )
    def test_english(self, text, read):
        assert " ".join(words(text, ENGLISH)) == read

    def test_tokens_keep_their_place(self):
        text = "Vous n’êtes pas d’accord, client(e)s !"
        for tokens in sentences(text, FRENCH)[0]:
            assert all(token.word[0] in plain(text[token.start : token.end]) for token in tokens)

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("Merci. Au revoir.", 2),
            ("M. Dupont a signé l’art. 5 du contrat.", 1),
            ("Écrivez à a.b@studio.example pour la suite.", 1),
            ("Pourquoi ?! Rien.", 2),
            ("Une ligne\nUne autre", 2),
        ],
    )
    def test_sentences(self, text, count):
        assert len(sentences(text, FRENCH)[0]) == count

    @pytest.mark.parametrize(
        ("text", "quoted"),
        [
            ("Le 3 mai, vous nous avez écrit : « bande d’idiots ».", True),
            ("« Bande d’idiots », nous avez-vous écrit le 3 mai.", True),
            ("Votre « bande d’idiots » nous fatigue.", False),
            ("Vous nous avez écrit : « bande d’idiots ».", False),
        ],
    )
    def test_a_quotation_needs_a_verb_and_a_date(self, text, quoted):
        assert bool(sentences(text, FRENCH)[1]) is quoted
        assert ("idiots" not in words(text)) is quoted

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
    def test_any_text_is_read(self, text):
        for tokens in sentences(text, FRENCH)[0]:
            assert all(0 <= token.start < token.end <= len(text) for token in tokens)


class TestElements:
    """Each element of a pattern matches what the table in its module says."""

    @pytest.mark.parametrize(
        ("pattern", "text", "match"),
        [
            ("vous êtes", "Ce que VOUS ETES.", "vous etes"),
            ("néglig*", "une négligence", "negligence"),
            ("tu|vous mentez|mens", "tu mens", "tu mens"),
            ("avez_été <trait>", "vous avez été pénibles", "avez ete penibles"),
            ("<trait>", "il est de mauvaise foi", "de mauvaise foi"),
            ("d’autres clients", "chez d'autres clients", "de autres clients"),
            ("peut-être", "peut être bien", "peut etre"),
            ("vous .. <trait>", "vous êtes vraiment très pénible", "vous etes vraiment tres penible"),
            ("vous .. <trait>", "vous êtes vraiment très très pénible", None),
            ("vous ..1 <trait>", "vous êtes si pénible", None),
            ("vous .. <trait>", "vous ; pénible", None),
            ("vous ..!pas|jamais <trait>", "vous n’êtes pas pénible", None),
            ("vous ..!pas|jamais <trait>", "vous êtes pénible", "vous etes penible"),
            ("vous très? pénible", "vous pénible", "vous penible"),
            ("vous très? pénible", "vous très pénible", "vous tres penible"),
            ("assez !bien|de", "nous en avons assez de stock", None),
            ("assez !bien|de", "nous en avons assez !", "assez"),
            ("^ bravo", "« Bravo »", "bravo"),
            ("^ bravo", "un bravo", None),
            ("adieu $", "et adieu !", "adieu"),
            ("adieu $", "adieu et merci", None),
            ("<number> jours", "après 45 jours", "45 jours"),
            ("merci , mais", "Merci, mais non.", "merci , mais"),
        ],
    )
    def test_match(self, pattern, text, match):
        assert found(pattern, text) == match

    @pytest.mark.parametrize(
        ("pattern", "complaint"),
        [
            ("vous|", "a word is missing beside"),
            ("vous ..99 pénible", "a gap of 99 words"),
            ("vous ..x pénible", "is not a gap"),
            ("vous <nobody>", "there is no list <nobody>"),
            ("..3 très?", "has no word that must be there"),
            ("<number>", "no word to look it up by"),
            ("vous *", "has an empty word"),
            ("vous [a-z]+", "is not a word"),
        ],
    )
    def test_a_bad_pattern_is_refused(self, pattern, complaint):
        with pytest.raises(PatternError, match=complaint):
            found(pattern, "")


class TestVerbs:
    """A pattern that names a verb stands for its forms."""

    @pytest.mark.parametrize(
        ("pattern", "text", "match"),
        [
            ("vous :négliger", "vous négligiez tout", "vous negligiez"),
            ("vous :négliger.2", "vous négligiez tout", "vous negligiez"),
            ("vous :négliger.2", "vous négliger", None),
            ("vous ..!:négliger venez", "vous négligez, venez", None),
            ("nous :faire.2_perdre", "nous faites perdre du temps", "nous faites perdre"),
            ("vous a|:négliger.pp|b", "vous négligées", "vous negligees"),
            ("mot : un", "mot : un", "mot : un"),
        ],
    )
    def test_match(self, pattern, text, match):
        assert found(expanded(pattern, "fr"), text) == match


class TestOwnRules:
    """A folder of templates may bring rules; a mistake in it is reported with its file and line."""

    FILES: ClassVar = {
        "words/house.txt": "# what we say\nplouf\n",
        "excuses/joke.txt": "# a joke\nsaid in jest\n",
        "tone/own.plouf.toml": """\
severity = "error"
catches = "a word we do not use"
message = "“{words}” is not ours."
suggestion = "Use another word."
why = "House style."
source = "house style"
excuses = ["joke"]
patterns = '''
# what nobody says
so ..2 \\
    <house>
:plough the sea
'''
""",
    }

    def write(self, folder, changes=()):
        for name, text in {**self.FILES, **dict(changes)}.items():
            path = folder / "en" / "review" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    def codes(self, folder, text):
        return [finding.code for finding in rupture.review_text(text, "en-GB", templates=folder)]

    def test_a_rule_is_added(self, tmp_path, starter):
        folder = self.write(tmp_path)
        assert self.codes(folder, "That is so very plouf.") == ["own.plouf"]
        assert self.codes(folder, "They ploughed the sea.") == ["own.plouf"]
        assert not self.codes(folder, "That is so very plouf, said in jest.")
        assert not self.codes(None, "That is so very plouf.")
        data = starter("en-US")
        data["thanks"] = {"for": "being so plouf"}
        with pytest.raises(rupture.HeldBack, match=r"own\.plouf"):
            rupture.render(rupture.load(data), "txt", templates=folder)
        data["waive"] = {"own.plouf": "it is their name"}
        assert rupture.render(rupture.load(data), "txt", templates=folder)

    def test_a_built_in_rule_is_replaced_and_a_list_and_an_excuse_grow(self, tmp_path):
        assert self.codes(None, "You are arrogant.") == ["blame.character"]
        replaced = self.FILES["tone/own.plouf.toml"]
        folder = self.write(
            tmp_path,
            {
                "tone/blame.character.toml": replaced,
                "words/insult.txt": "wombat\n",
                "excuses/no-reproach.txt": "ha ha\n",
            },
        )
        assert "blame.character" not in self.codes(folder, "You are arrogant.")
        assert self.codes(folder, "You are a wombat.") == ["insult.word"]
        assert not self.codes(folder, "You are a wombat, ha ha.")
        assert self.codes(None, "You are a wombat, ha ha.") == []

    def test_a_file_that_cannot_be_read_is_reported(self, tmp_path):
        folder = self.write(tmp_path)
        (folder / "en/review/words/lost.txt").symlink_to(tmp_path / "nowhere")
        with pytest.raises(rupture.TemplateError, match=r"lost\.txt: cannot be read: No such file"):
            self.codes(folder, "plouf")

    def test_a_changed_file_is_read_again(self, tmp_path):
        folder = self.write(tmp_path)
        assert self.codes(folder, "so plaf") == []
        changed = tmp_path / "en/review/words/house.txt"
        changed.write_text("plaf\n", encoding="utf-8")
        os.utime(changed, (1, 1))
        assert self.codes(folder, "so plaf") == ["own.plouf"]

    @pytest.mark.parametrize(
        ("file", "sound", "broken", "complaint"),
        [
            ("tone/own.plouf.toml", "<house>", "<hose>", r"own\.plouf\.toml:10: own\.plouf: there is no list <hose>"),
            ("tone/own.plouf.toml", ":plough", ":plough.9", r"own\.plouf\.toml:12: there is no group of forms '9'"),
            ("tone/own.plouf.toml", '["joke"]', '["jest"]', r"own\.plouf\.toml:7: there is no excuse 'jest'"),
            ("tone/own.plouf.toml", '["joke"]', '"joke"', r"own\.plouf\.toml:7: excuses: expected names in quotes"),
            (
                "tone/own.plouf.toml",
                '"error"',
                '"fatal"',
                r"own\.plouf\.toml:1: severity is error, warning or hint, not",
            ),
            ("tone/own.plouf.toml", '"error"', "3", r"own\.plouf\.toml:1: severity: expected a text in quotes"),
            ("tone/own.plouf.toml", 'why = "House style."\n', "", r"own\.plouf\.toml:1: this tone rule has no why"),
            ("tone/own.plouf.toml", "patterns", "pattern", r"own\.plouf\.toml:8: unknown key pattern"),
            ("tone/own.plouf.toml", "why =", "why", r"own\.plouf\.toml:5:5: Expected"),
            ("words/house.txt", "plouf", "plouf, [x]", r"house\.txt:2: 'plouf,_\[x\]' is not a word"),
            ("words/house.txt", "plouf", "<house>", r"house\.txt:2: the list <house> names itself"),
            ("excuses/joke.txt", "joke\nsaid", "joke\n..99 said", r"joke\.txt:2: a gap of 99 words"),
        ],
    )
    def test_a_mistake_has_its_place(self, tmp_path, file, sound, broken, complaint):
        text = self.FILES[file].replace(sound, broken)
        assert text != self.FILES[file]
        with pytest.raises(rupture.TemplateError, match=complaint):
            self.codes(self.write(tmp_path, {file: text}), "plouf")

    @pytest.mark.parametrize(
        ("file", "complaint"),
        [
            ("words/more.toml", r"more\.toml: the files of review/words end in \.txt"),
            ("tone/more.txt", r"more\.txt: the files of review/tone end in \.toml"),
            ("../review.toml", r"review\.toml: rules have a file each now: move .* to review/tone/<code>\.toml"),
        ],
    )
    def test_a_file_that_nothing_would_read_is_refused(self, tmp_path, file, complaint):
        with pytest.raises(rupture.TemplateError, match=complaint):
            self.codes(self.write(tmp_path, {file: ""}), "plouf")


class TestHostileText:
    """No rule takes more than its share of time: twice the text costs at most little more than twice the steps."""

    #: Steps of a match, counted instead of seconds.
    @pytest.fixture
    def steps(self, monkeypatch):
        count: Counter[str] = Counter()
        for kind in (patterns.One, patterns.Gap, patterns.Not, patterns.Edge):

            def step(self, said, reached, _plain=kind.step):
                count["positions"] += len(reached) * (self.most if isinstance(self, Gap) else 1)
                return _plain(self, said, reached)

            monkeypatch.setattr(kind, "step", step)
        return count

    @pytest.mark.parametrize("language", locales.languages())
    def test_linear(self, steps, language):
        book = rulebook(language)
        worst = max(
            (sample for rule in book.rules for sample in rule.hits),
            key=lambda sample: sum(1 for _ in book.read_all(f"{sample} " * 3)),
        ).replace(".", "")
        for text in (worst, "vous ", "you ", "never always ", "jamais toujours ", "« a ", '" ', "a" * 199 + " "):
            cost = []
            for length in (10_000, 20_000):
                steps.clear()
                hostile = (text * (length // len(text) + 1))[:length]
                list(book.read_all(hostile))
                cost.append(steps["positions"] + 1)
            assert cost[1] <= 2.2 * cost[0] + 1000, text

    def test_every_gap_is_bounded(self):
        for language in locales.languages():
            gaps = [
                element.most
                for rule in rulebook(language).rules
                for patterns in (rule.patterns, *(excuse.patterns for excuse in rule.excuses))
                for pattern in patterns
                for element in pattern.elements
                if isinstance(element, Gap)
            ]
            assert gaps
            assert max(gaps) <= 12

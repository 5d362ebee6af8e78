"""The forms of verbs are those that a grammar gives, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rupture.language.conjugation import UnknownFormError, expanded, forms, slot_of
from rupture.resources import locales, toml
from rupture.resources.paths import templates_root

#: The present, « vous » in the imperfect, and the participle, one verb for each kind of model.
FRENCH = {
    "négliger": "néglige négliges néglige négligeons négligez négligent négligiez négligé",
    "menacer": "menace menaces menace menaçons menacez menacent menaciez menacé",
    "payer": "paie paies paie payons payez paient payiez payé",
    "malmener": "malmène malmènes malmène malmenons malmenez malmènent malmeniez malmené",
    "harceler": "harcèle harcèles harcèle harcelons harcelez harcèlent harceliez harcelé",
    "appeler": "appelle appelles appelle appelons appelez appellent appeliez appelé",
    "rejeter": "rejette rejettes rejette rejetons rejetez rejettent rejetiez rejeté",
    "désespérer": "désespère désespères désespère désespérons désespérez désespèrent désespériez désespéré",
    "protéger": "protège protèges protège protégeons protégez protègent protégiez protégé",
    "trahir": "trahis trahis trahit trahissons trahissez trahissent trahissiez trahi",
    "fuir": "fuis fuis fuit fuyons fuyez fuient fuyiez fui",
    "mentir": "mens mens ment mentons mentez mentent mentiez menti",
    "prévenir": "préviens préviens prévient prévenons prévenez préviennent préveniez prévenu",
    "répondre": "réponds réponds répond répondons répondez répondent répondiez répondu",
    "prendre": "prends prends prend prenons prenez prennent preniez pris",
    "omettre": "omets omets omet omettons omettez omettent omettiez omis",
    "interrompre": "interromps interromps interrompt interrompons interrompez interrompent interrompiez interrompu",
    "plaindre": "plains plains plaint plaignons plaignez plaignent plaigniez plaint",
    "détruire": "détruis détruis détruit détruisons détruisez détruisent détruisiez détruit",
    "reconnaître": "reconnais reconnais reconnaît reconnaissons reconnaissez reconnaissent reconnaissiez reconnu",
    "décevoir": "déçois déçois déçoit décevons décevez déçoivent déceviez déçu",
    "faire": "fais fais fait faisons faites font faisiez fait",
    "dire": "dis dis dit disons dites disent disiez dit",
    "lire": "lis lis lit lisons lisez lisent lisiez lu",
    "croire": "crois crois croit croyons croyez croient croyiez cru",
    "vouloir": "veux veux veut voulons voulez veulent vouliez voulu",
    "savoir": "sais sais sait savons savez savent saviez su",
    "aller": "vais vas va allons allez vont alliez allé",
}
ENGLISH = {
    "ignore": "ignore ignores ignored ignoring",
    "bully": "bully bullies bullied bullying",
    "play": "play plays played playing",
    "push": "push pushes pushed pushing",
    "lie": "lie lies lied lying",
    "agree": "agree agrees agreed agreeing",
    "nag": "nag nags nagged nagging",
    "stop": "stop stops stopped stopping",
    "travel": "travel travels travelled travelling",
    "take": "take takes took taken taking",
    "withhold": "withhold withholds withheld withholding",
    "let": "let lets letting",
}
CONJUGATIONS = Path(__file__).parent / "conjugations"
#: Where the tables of others are not right, or know one of two right forms.
EXCEPTIONS = {
    "fr": {"contredire", "harceler"},
    "en": {
        *("broadcast", "burn", "fit", "forecast", "knit", "lean", "learn", "lie"),
        *("prove", "relay", "rend", "run", "spell", "spoil", "stay", "typeset"),
    },
}
#: A verb that a pattern or an entry names, in the files of rules.
NAMED = re.compile(r"(?:(?<=[\s|!_])|^):([^\W\d_]+)", re.MULTILINE)


class TestForms:
    """Each model gives the forms that a grammar gives."""

    @pytest.mark.parametrize("verb", FRENCH)
    def test_french(self, verb):
        *present, vous, participle = FRENCH[verb].split()
        got = [forms(verb, "fr", group) for group in ("1", "2", "3", "pp", "inf")]
        assert {present[0], present[3]} <= set(got[0])
        assert {present[1], present[4], vous} <= set(got[1])
        assert {present[2], present[5]} <= set(got[2])
        assert got[3][0] == participle
        assert got[4] == (verb,)
        assert all(len(group) <= 4 for group in got)

    @pytest.mark.parametrize("verb", ENGLISH)
    def test_english(self, verb):
        assert " ".join(forms(verb, "en")) == ENGLISH[verb]

    def test_groups_are_joined(self):
        assert forms("nier", "fr", "inf+pp") == ("nier", "nié", "niée", "niés", "niées")
        assert expanded("so ..2!:nag.ing|a be|:take.past_us", "en") == "so ..2!nagging|a be|took_us|taken_us"
        assert expanded("mot : <secret> ;", "fr") == "mot : <secret> ;"

    @pytest.mark.parametrize(
        ("verb", "groups", "complaint"),
        [
            ("blob2", "", "there is no model for the verb 'blob2'"),
            ("nier", "4", "there is no group of forms '4', only inf, 1, 2, 3, pp, ger"),
        ],
    )
    def test_what_is_not_known_is_refused(self, verb, groups, complaint):
        with pytest.raises(UnknownFormError, match=complaint):
            forms(verb, "fr", groups)


def table(code):
    lines = (CONJUGATIONS / f"{code}.tsv").read_text("utf-8").splitlines()
    return {verb: [set(form.split("/")) for form in others] for verb, *others in (line.split("\t") for line in lines)}


class TestOtherHands:
    """Our models give what the tables of other libraries do."""

    def test_french(self):
        expected = table("fr")
        assert len(expected) > 400
        assert {verb for verb, forms in expected.items() if self._french(verb, forms)} == EXCEPTIONS["fr"]

    @staticmethod
    def _french(verb, expected):
        present, imperfect = slot_of(verb, "fr", "present"), slot_of(verb, "fr", "imperfect")
        stem = (slot_of(verb, "fr", "future") or (verb.removesuffix("e"),))[0]
        order = (slot_of(verb, "fr", "imperative") or (re.sub("(?<=e)s$|(?<=va)s$", "", present[1]),))[0]
        got = (*present, imperfect[4], f"{stem}ons", order)
        got = (*got, slot_of(verb, "fr", "participle")[0], slot_of(verb, "fr", "gerund")[0])
        return [(form, right) for form, right in zip(got, expected, strict=True) if form not in right and right != {""}]

    def test_english(self):
        expected = table("en")
        assert len(expected) > 700
        assert {verb for verb, forms in expected.items() if self._english(verb, forms)} == EXCEPTIONS["en"]

    @staticmethod
    def _english(verb, expected):
        past = slot_of(verb, "en", "past")
        participle = slot_of(verb, "en", "participle") or past
        got = (past[0], participle[0], slot_of(verb, "en", "ing")[0], slot_of(verb, "en", "s")[0])
        return [(form, right) for form, right in zip(got, expected, strict=True) if form not in right]


class TestData:
    """The models fit the verbs that the rules name."""

    @pytest.mark.parametrize("code", locales.languages())
    def test_every_named_model_is_there(self, code):
        data = toml.read(templates_root() / code / "verbs.toml")
        variants = [name for models in data.get("variants", {}).values() for pair in models.items() for name in pair]
        assert {*data["endings"].values(), *data["verbs"].values(), *variants} <= set(data["models"])
        slots = {slot.partition(".")[0] for group in data["groups"].values() for slot in group}
        known = slots | {"future", "imperative", "present_persons", "past_persons"}
        assert all(set(model) <= known and model["base"] for model in data["models"].values())

    @pytest.mark.parametrize("code", locales.languages())
    def test_every_verb_of_the_rules_ends_as_its_model_does(self, code):
        paths = [path for path in (templates_root() / code / "review").rglob("*") if path.suffix in {".toml", ".txt"}]
        named = {
            verb for path in paths if path.name != "findings.toml" for verb in NAMED.findall(path.read_text("utf-8"))
        }
        assert len(named) > 200
        assert [verb for verb in sorted(named) if forms(verb, code)[0] != verb] == []

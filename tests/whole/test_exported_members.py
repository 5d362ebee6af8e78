"""The names that `import rupture` promises."""

from __future__ import annotations

import inspect
import re
from importlib.metadata import version

import rupture

#: Each public name with its kind; a name that goes or changes its signature is a breaking change.
PUBLIC = {
    "Assessment": "class",
    "Case": "class",
    "CaseError": "class",
    "CharacterError": "class",
    "Document": "class",
    "Finding": "class",
    "Findings": "class",
    "Ground": "class",
    "HeldBack": "class",
    "InputError": "class",
    "Item": "class",
    "Letter": "class",
    "MissingLibrary": "class",
    "OutputError": "class",
    "Paragraph": "class",
    "Plan": "class",
    "Problem": "class",
    "Rendered": "class",
    "RuptureError": "class",
    "Sentence": "class",
    "TemplateError": "class",
    "assess": "(answers)",
    "combine": "(letters, *, bookmarks=(), title='', double_sided=False)",
    "compose": "(case, *, templates=None)",
    "load": "(source, *, changes=(), today=None)",
    "plan": "(case, *, templates=None)",
    "render": "(case, output, *, templates=None, attach=(), archive=False, whose=False)",
    "render_many": "(cases, formats, executor=None, *, templates=None, attach=(), archive=False, ahead=16)",
    "review": "(case, *, templates=None)",
    "review_text": "(text, locale, *, templates=None)",
    "schema": "()",
    "warm_up": "(case, formats, *, templates=None)",
}


class TestPublicNames:
    """The package exports its public names, and nothing else."""

    def test_names(self):
        assert sorted(rupture.__all__) == sorted(PUBLIC)
        assert list(rupture.__all__) == sorted(rupture.__all__)

    def test_signatures(self):
        for name, kind in PUBLIC.items():
            member = getattr(rupture, name)
            if kind == "class":
                assert inspect.isclass(member), name
            else:
                parameters = inspect.signature(member).parameters.values()
                plain = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
                assert str(inspect.Signature(plain)) == kind, name

    def test_every_name_is_documented(self):
        for name in rupture.__all__:
            assert inspect.getdoc(getattr(rupture, name)), name

    def test_every_error_is_exported_and_drawn_in_the_tree(self):
        from rupture import errors  # noqa: PLC0415  its docstring is what is compared

        own = {
            name
            for name, member in vars(errors).items()
            if inspect.isclass(member) and issubclass(member, rupture.RuptureError)
        }
        assert len(own) > 5
        assert own <= set(rupture.__all__)
        assert own == set(re.findall(r"\b[A-Z]\w+(?:Error|Back|Library)\b", errors.__doc__))

    def test_version(self):
        assert rupture.__version__ == version("rupture-letters")
        assert re.fullmatch(r"\d+\.\d+\.\d+", rupture.__version__)

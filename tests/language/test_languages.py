"""The languages: what each declares is whole."""

from __future__ import annotations

from conftest import LOCALES
from rupture.language import languages
from rupture.page import layouts
from rupture.resources import locales


class TestLanguages:
    """What a language declares is whole: every locale has a page, a style and a starter."""

    def test_every_locale_is_declared_once(self, locale):
        code = locale.partition("-")[0]
        language = languages.get(code)
        assert locale in language.styles
        assert language.layouts[locale] in layouts.names()
        assert {"town", "address"} <= set(language.starters[locale])
        assert language.currencies[locale]
        assert language.name
        assert len(language.numbers) > 10

    def test_languages_declare_no_locale_that_a_case_refuses(self):
        declared = [locale for code in locales.languages() for locale in languages.get(code).styles]
        assert sorted(declared) == sorted(LOCALES)

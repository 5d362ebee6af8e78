"""The script a person would write for a letter as DOCX: PyYAML, Jinja, python-docx.

usage: to_docx.py CASE TEMPLATE OUTPUT
"""

import sys
from pathlib import Path

import docx
import jinja2
import yaml
from docx.shared import Mm, Pt

case, template, output = map(Path, sys.argv[1:])
data = yaml.safe_load(case.read_text(encoding="utf-8"))
words = jinja2.Template(template.read_text(encoding="utf-8")).render(data)

letter = docx.Document()
page = letter.sections[0]
page.page_width, page.page_height = Mm(210), Mm(297)
page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
style = letter.styles["Normal"]
style.font.name, style.font.size = "Gentium Book Plus", Pt(11)
style.paragraph_format.space_after = Mm(2.6)
for block in words.split("\n\n"):
    letter.add_paragraph(block)
letter.save(str(output))

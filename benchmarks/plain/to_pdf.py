"""The script a person would write for a letter as PDF: PyYAML, Jinja, WeasyPrint.

usage: to_pdf.py CASE TEMPLATE OUTPUT
"""

import sys
from pathlib import Path

import jinja2
import weasyprint
import yaml

case, template, output = map(Path, sys.argv[1:])
data = yaml.safe_load(case.read_text(encoding="utf-8"))
page = jinja2.Template(template.read_text(encoding="utf-8")).render(data)
weasyprint.HTML(string=page).write_pdf(output, pdf_variant="pdf/ua-1")

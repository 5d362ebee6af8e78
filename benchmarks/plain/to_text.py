"""The script a person would write for a letter as text: PyYAML, Jinja, textwrap.

usage: to_text.py CASE TEMPLATE OUTPUT
"""

import sys
import textwrap
from pathlib import Path

import jinja2
import yaml

case, template, output = map(Path, sys.argv[1:])
data = yaml.safe_load(case.read_text(encoding="utf-8"))
words = jinja2.Template(template.read_text(encoding="utf-8")).render(data)
wrapped = ["\n".join(textwrap.fill(line, 72) for line in block.split("\n")) for block in words.split("\n\n")]
output.write_text("\n\n".join(wrapped) + "\n", encoding="utf-8")

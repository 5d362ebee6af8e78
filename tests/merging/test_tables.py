"""Tables of rows: CSV, XLSX and JSON Lines, as spreadsheets and programs write them."""

from __future__ import annotations

import os
import zipfile

import pytest

import rupture
from rupture.merging.tables.opening import open_table


class TestTables:
    """Rows are read as spreadsheets write them, and how they were read is said."""

    @pytest.mark.parametrize(
        ("written", "note"),
        [
            ("a;b\n1;é\n".encode(), "read as UTF-8, separated by semicolons"),
            ("a;b\r\n1;é\r\n".encode("utf-8-sig"), "read as UTF-8, separated by semicolons"),
            ("a;b;;\n1;é;;\n\n;;;\n".encode("cp1252"), "read as Windows-1252 (not UTF-8), separated by semicolons"),
            ("a,b\n1,é\n".encode(), "read as UTF-8, separated by commas"),
            ('a\tb\n1\t"é"\n'.encode(), "read as UTF-8, separated by tabs"),
        ],
    )
    def test_csv(self, tmp_path, written, note):
        (tmp_path / "t.csv").write_bytes(written)
        table = open_table(tmp_path / "t.csv")
        assert (table.columns, table.note) == (("a", "b"), note)
        assert [(row.number, dict(row.cells)) for row in table.read()] == [(2, {"a": "1", "b": "é"})]

    def test_a_row_with_too_many_cells_does_not_stop_the_others(self, tmp_path):
        (tmp_path / "t.csv").write_text("a,b\n1,2\n1,2,3\n4,5\n", encoding="utf-8")
        rows = list(open_table(tmp_path / "t.csv").read())
        assert [bool(row.wrong) for row in rows] == [False, True, False]
        assert "3 cells, but 2 columns" in str(rows[1].wrong)

    def test_json_lines(self, tmp_path):
        (tmp_path / "t.jsonl").write_text('{"a": {"b": [{"c": 1}, null]}, "d": true}\nnonsense\n', encoding="utf-8")
        first, second = open_table(tmp_path / "t.jsonl").read()
        assert dict(first.cells) == {"a.b[0].c": "1", "d": "true"}
        assert "not readable as JSON" in str(second.wrong)

    def test_xlsx(self, tmp_path):
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
            '<row r="2"><c r="A2"><v>12</v></c>'
            '<c r="B2" t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>'
        )
        main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{main}"><sheets><sheet name="Clients" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{main}/worksheet" Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": sheet,
        }
        with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        table = open_table(tmp_path / "t.xlsx")
        assert "Clients" in table.note
        assert [(row.number, dict(row.cells)) for row in table.read()] == [(2, {"a": "12", "b": "é"})]

    @pytest.mark.parametrize(
        ("name", "written", "told"),
        [
            ("t.csv", b"", "the file is empty"),
            ("t.csv", b"a,a\n1,2\n", "this column is there twice"),
            ("t.csv", b"a,,b\n1,2,3\n", "column 2 has no name"),
            ("t.ods", b"", "rows come from .csv, .xlsx or .jsonl"),
            ("t.xlsx", b"nonsense", "not readable as XLSX"),
        ],
    )
    def test_a_bad_table(self, tmp_path, name, written, told):
        (tmp_path / name).write_bytes(written)
        with pytest.raises(rupture.InputError, match=told):
            open_table(tmp_path / name)

    @pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl"])
    def test_not_a_file(self, tmp_path, name):
        for make in (os.mkfifo, os.mkdir):
            make(tmp_path / name)
            with pytest.raises(rupture.InputError, match="cannot be read: it is a folder or a device, not a file"):
                open_table(tmp_path / name)
            (tmp_path / name).unlink() if make is os.mkfifo else (tmp_path / name).rmdir()
        with pytest.raises(rupture.InputError, match="cannot be read: No such file"):
            open_table(tmp_path / name)

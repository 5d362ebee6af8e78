"""DOCX by python-docx: named styles, real paragraphs, and the text face inside."""

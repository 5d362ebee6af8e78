"""Tables of rows for a merge: CSV as spreadsheets write it, XLSX, and JSON Lines."""

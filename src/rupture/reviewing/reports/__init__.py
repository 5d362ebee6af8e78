"""The findings as HTML, JSON and annotations."""

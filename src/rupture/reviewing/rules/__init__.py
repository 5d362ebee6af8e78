"""The rules about facts, dates, law, address and style."""

"""What each language is, and the words inside a sentence."""

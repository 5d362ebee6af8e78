"""The page: national layouts, how wide words are, and the text face."""

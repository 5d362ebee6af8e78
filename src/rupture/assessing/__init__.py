"""Before the letter: the questions of the articles, and the advice."""

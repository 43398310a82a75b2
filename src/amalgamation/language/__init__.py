"""Languages: the words of the report in English, Russian and Kazakh."""

from amalgamation.language.catalogue import LANGUAGES, read_words

__all__ = ["LANGUAGES", "read_words"]

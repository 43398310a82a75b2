"""Languages: English, Russian, Kazakh, and whatever file a translator adds.

In: what the other rooms say in English, and keys of the catalogue. Out: the same in the
reader's language, with numbers and units as that language writes them.
"""

from amalgamation.language.catalogue import LANGUAGES, SOURCE, read_page_words, read_words
from amalgamation.language.find import find_speech
from amalgamation.language.phrases import names_of
from amalgamation.language.speech import ENGLISH, Speech

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "SOURCE",
    "Speech",
    "find_speech",
    "names_of",
    "read_page_words",
    "read_words",
]

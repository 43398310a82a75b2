"""The pages are made from the folder above theirs: tests find their scripts there too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

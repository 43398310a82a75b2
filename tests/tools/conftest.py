"""The tools are run from the folder above theirs: tests find them there too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

"""Steps that make the bundled territory `kazakhstan-2021`, in the order of `build.py`."""

"""What the documentation makes of the code: references that nobody types.

Comes in: the schema, the catalogue of measures, the table of commands, public names and
notebooks. Goes out: pages in ``docs/generated``, written when a build begins. `mathml` draws
formulas without a script.
"""

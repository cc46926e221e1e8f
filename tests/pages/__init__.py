"""The parts of the pages that are made, not written: pictures, and the table of the rooms of cbm/.

`python -m tests.golden` makes them anew; tests compare what stands in the pages with what would be made.
"""

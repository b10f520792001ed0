"""The life cycle of every endpoint of the FlashArray's REST 2.x, with its errors.

Written from Pure's documents and from what shipping clients rely on, not from the array's code. Standard library only.
By hand, against an array that runs:

    cd system-tests/src/test/python; STOWAGE_ARRAY=/tmp/array python3 -m unittest discover -s flasharray -t .

Section numbers in the tests are those of the reference (flasharray-rest.md); 8.N is a point of its checklist.
"""

"""The life cycle of every endpoint of the Alletra's Web Services API, with its errors.

Written from HPE's documents and from what shipping clients rely on, not from the array's code. Standard library only.
By hand, against an array that runs with --alletra:

    cd system-tests/src/test/python; STOWAGE_ARRAY=/tmp/array python3 -m unittest discover -s wsapi -t .

Section numbers in the tests are those of the reference (alletra-wsapi.md); "trap N" is a point of its section 17.
"""

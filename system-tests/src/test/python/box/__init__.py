"""The array in a box as its state folder describes it, whichever management API is spoken. Standard library only."""

"""The economics: pure functions of arrays, one mechanism a file."""

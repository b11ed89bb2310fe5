"""One file a source: where it is, what its bytes must look like, and how to read them."""

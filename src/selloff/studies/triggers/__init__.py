"""What could set a large sale off, and how likely."""

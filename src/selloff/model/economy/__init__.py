"""What becomes of economies on the paths of the markets."""

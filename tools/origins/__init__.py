"""Where parameters come from: estimates that no command runs again."""

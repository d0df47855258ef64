"""What developers run: the environment, the checks, the tests, the vendored files."""

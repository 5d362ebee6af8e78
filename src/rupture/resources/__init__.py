"""What lies in the package, and how files are written."""

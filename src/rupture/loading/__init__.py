"""From a file or a mapping to a case, with every complaint at its line."""

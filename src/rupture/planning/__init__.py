"""What a letter says, where and from which fields, before any language puts it into words."""

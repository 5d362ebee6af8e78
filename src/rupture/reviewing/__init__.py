"""The review: what a careful colleague would stop you from sending."""

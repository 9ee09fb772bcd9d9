"""A second look at finished reports, with nothing of the program: what is told, its numbers, its claims."""

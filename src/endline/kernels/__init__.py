"""Warm kernels: real ipykernel processes, forked from a server that has already imported what notebooks use.

Nothing here knows of reports: any Papermill, nbclient or nbconvert user may take them (docs/how-to/warm-kernels.md).
"""

PRIVATE, FORKED = "endline-private", "endline-forked"  # the names of the provisioners' entry points

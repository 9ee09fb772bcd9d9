"""Import this to have at hand what all reports need: libraries, fonts, parameters. The fork server does, once."""

from contextlib import suppress

import ipykernel.kernelspec  # noqa: F401
import nbformat
from jupyter_client.provisioning.factory import KernelProvisionerFactory

import endline.kernels.forked
import endline.kernels.provisioners
import endline.pipeline.making
import endline.quality
import endline.report
import endline.summary  # noqa: F401
from endline.errors import EndlineError
from endline.export.fonts import FREE, fonts
from endline.params import Params
from endline.project import Project

fonts(FREE)
nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema, which each process would else do for itself
KernelProvisionerFactory.instance()  # looks through the entry points of all packages that are installed
with suppress(EndlineError):  # on a worker of a cluster there is no project yet
    Params.of(Project.find()).read_all()
